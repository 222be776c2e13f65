"use client";

import { PasswordBand } from "./_parts/password-band";
import { SecondFactorBand } from "./_parts/second-factor-band";
import { SessionsBand } from "./_parts/sessions-band";

export function Security() {
  return (
    <>
      <PasswordBand />
      <SecondFactorBand />
      <SessionsBand />
    </>
  );
}
