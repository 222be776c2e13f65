export function findBrowser(options?: { install?: boolean; say?: (line: string) => void }): Promise<string>;
export const browserArgs: string[];
