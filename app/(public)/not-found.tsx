import { PublicPage } from "./_parts/public-page";

export default function UnknownLink() {
  return (
    <PublicPage from={null} title="This link does not lead anywhere">
      <p className="text-soft">
        It may have been cut in two by a mail program. Copy the whole address from the letter, or use the link of a
        newer one. Nothing was changed.
      </p>
    </PublicPage>
  );
}
