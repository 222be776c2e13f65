/** Registers the element `rapi-doc`; it exports nothing and brings no types. */
declare module "rapidoc";
