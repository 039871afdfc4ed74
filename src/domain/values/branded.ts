declare const unit: unique symbol;

/** A number or string that carries its unit in its type; only the maker beside each unit can produce one. */
export type Branded<Base, Unit extends string> = Base & { readonly [unit]: Unit };
