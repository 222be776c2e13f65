/** What is no door anywhere under /api answers as the API does, not with a page. */
export { DELETE, GET, PATCH, POST, PUT } from "@/app/api/v1/[...rest]/route";
