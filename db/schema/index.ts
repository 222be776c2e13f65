/** All tables, gathered for migrations and for the test that walks them. */
export * from "./access";
export * from "./engine";
