/**
 * Why work was given up, as the person reads it. Only what was written for people is passed on: a database's own words
 * quote the statement and the rows in it, and those belong in the run, where whoever runs the product looks.
 */
export function failureInWords(error: { name?: string; message: string }, otherwise: string): string {
  return error.name === "AppError" ? error.message : otherwise;
}
