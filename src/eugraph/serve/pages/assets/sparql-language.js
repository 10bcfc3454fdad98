// The tokens of SPARQL, as far as colours and completion need them.

const TOKENS = [
  ["c", /#[^\n]*/y],
  ["s", /"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/y],
  ["i", /<[^\s<>"{}|\\^`]*>/y],
  ["v", /[?$][\p{L}\p{N}_]+/uy],
  ["n", /[\p{L}][\p{L}\p{N}_.-]*:(?:[\p{L}\p{N}_:%.-]*[\p{L}\p{N}_:%-])?|:(?:[\p{L}\p{N}_][\p{L}\p{N}_-]*)?/uy],
  ["w", /[\p{L}_][\p{L}\p{N}_]*/uy],
  ["", /\s+|[\s\S]/y],
];
const KEYWORDS = new Set(
  ("ADD ALL AS ASC ASK AVG BASE BIND BOUND BY COALESCE CONCAT CONSTRUCT CONTAINS COUNT DESC DESCRIBE DISTINCT EXISTS " +
    "FILTER FROM GRAPH GROUP HAVING IF IN ISIRI LANG LCASE LIMIT MAX MIN MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX " +
    "REDUCED REGEX REPLACE SAMPLE SELECT SERVICE STR STRAFTER STRSTARTS SUBSTR SUM UCASE UNDEF UNION VALUES WHERE YEAR")
    .split(" "),
);

// Yields [class, text, offset] for all of a query, in order.
export function* tokens(text) {
  for (let at = 0; at < text.length; ) {
    for (const [name, pattern] of TOKENS) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (!found) continue;
      const word = found[0];
      const isKeyword = name === "w" && (KEYWORDS.has(word.toUpperCase()) || word === "a");
      yield [isKeyword ? "k" : name === "w" ? "" : name, word, at];
      at += word.length;
      break;
    }
  }
}

// The prefixes that a query declares, and those that it uses.
export function prefixesOf(text) {
  const declared = new Set();
  const used = new Set();
  let last = "";
  for (const [name, word] of tokens(text)) {
    if (name === "n") (last === "PREFIX" ? declared : used).add(word.slice(0, word.indexOf(":")));
    if (word.trim() && name !== "c") last = word.toUpperCase();
  }
  return { declared, used };
}

// A query with a PREFIX line for each known prefix that it uses and does not declare.
export function withPrefixes(text, known) {
  const { declared, used } = prefixesOf(text);
  const missing = [...used].filter((prefix) => !declared.has(prefix) && known[prefix]).sort();
  return missing.map((prefix) => `PREFIX ${prefix}: <${known[prefix]}>\n`).join("") + text;
}

export const variablesOf = (text) =>
  new Set([...tokens(text)].filter(([name]) => name === "v").map(([, word]) => word));
