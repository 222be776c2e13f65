/** The workspace that a fresh machine starts with: Atelye Lakay, a textile shop in Port-au-Prince that sells abroad. */
export const demoHandle = "demo";
export const demoEmail = "rose-laure@atelye-lakay.test";
