/** What a JSON text holds. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A field that is undefined is not written. */
export type JsonObject = { readonly [name: string]: Json | undefined };
