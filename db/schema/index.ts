/** All tables, gathered for migrations and for the test that walks them. */
export * from "./access";
export * from "./consent";
export * from "./contacts";
export * from "./engine";
export * from "./imports";
export * from "./privacy";
export * from "./segments";
