// decisions.yaml, and just that: written so that any YAML reader takes it, read line by line as programs write it.
const FORMAT = 'mapper/decisions/1';
const SIMPLE = { 0: '\0', a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', ' ': ' ', '"': '"', '/': '/', '\\': '\\', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' };
const quoteYaml = (text) => JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Decisions as YAML, by firm, requirement, words, time and author. */
function writeYaml(decisions) {
  const rank = (one) => ['firm', 'requirement', 'words', 'at', 'by'].map((name) => one[name] ?? '');
  const sorted = [...decisions].sort((a, b) => rank(a).reduce((order, text, at) => order || byText(text, rank(b)[at]), 0));
  const lines = ({ seen, ...one }) => [
    ...FIELDS.filter((name) => one[name]).map((name) => `${name}: ${quoteYaml(one[name])}`),
    ...(seen ? ['seen:', ...Object.entries(seen).filter(([, value]) => value).map(([name, value]) => `  ${name}: ${quoteYaml(value)}`)] : []),
  ];
  const items = sorted.map((one) => lines(one).map((line, at) => `${at ? '    ' : '  - '}${line}\n`).join(''));
  return `schema: ${FORMAT}\n${items.length ? `decisions:\n${items.join('')}` : 'decisions: []\n'}`;
}

/** The decisions of a file; throws the number of the first line that is none of its format. */
function readYaml(text) {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const decisions = [];
  let [one, seen, indent, at] = [null, null, 0, 0];
  const wrong = () => { throw new RangeError(String(at + 1)); };
  for (; at < lines.length; at += 1) {
    const line = lines[at];
    if (/^\s*(#|$)/.test(line) || /^(---|\.\.\.)\s*$/.test(line)) continue;
    if (/^schema:/.test(line)) { if (scalar(line.slice(7).trim()) !== FORMAT) wrong(); continue; }
    if (/^decisions:\s*(\[\s*\])?\s*(#.*)?$/.test(line)) continue;
    const [, space, dash = '', name, rest] = /^( *)(- +)?([a-z_]+):(?: +(.*))?$/.exec(line) ?? wrong();
    const depth = space.length + dash.length;
    if (dash) { one = {}; seen = null; indent = depth; decisions.push(one); } else if (!one) wrong();
    if (seen && depth <= indent) seen = null;
    if (depth !== indent && !(seen && depth > indent)) wrong();
    if (name === 'seen' && !seen) { if (rest && rest[0] !== '#') wrong(); seen = one.seen = {}; continue; }
    if (!(seen ? ['requirement', 'grade', 'status'] : FIELDS).includes(name)) wrong();
    let value = (rest ?? '').trim();
    const breaks = [];
    while (/^["']/.test(value) && !isClosed(value)) { // a text over several lines: one break is a space, an empty line a break
      at += 1;
      if (at >= lines.length) wrong();
      if (!lines[at].trim()) { breaks.push('\n'); continue; }
      value += (breaks.splice(0).join('') || ' ') + lines[at].trim();
    }
    (seen ?? one)[name] = scalar(value) ?? wrong();
  }
  at = 0;
  for (const decision of decisions) if (!['firm', 'requirement', 'ruling', 'by', 'at'].every((name) => decision[name])) wrong();
  return decisions;
}

const isClosed = (value) => (value[0] === "'" ? /^'(?:[^']|'')*'(\s+#.*)?$/ : /^"(?:[^"\\]|\\[\s\S])*"(\s+#.*)?$/).test(value);

/** What a scalar stands for; nothing for what this reader does not know. */
function scalar(value) {
  if (value === '' || value === 'null' || value === '~') return '';
  if (value[0] === "'") return /^'((?:[^']|'')*)'(\s+#.*)?$/.exec(value)?.[1].replaceAll("''", "'");
  if (value[0] === '"') return /^"((?:[^"\\]|\\.)*)"(\s+#.*)?$/.exec(value)?.[1].replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g, (_, x, u, long, sign) => (sign ? SIMPLE[sign] ?? sign : String.fromCodePoint(Number.parseInt(x ?? u ?? long, 16))));
  const plain = value.replace(/\s+#.*$/, '');
  return /^[[\]{}&*!|>%@`,]|^[-?:] |: /.test(plain) ? undefined : plain;
}
