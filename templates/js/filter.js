// Which rows, columns and cells the filters let through, and the figures of what is left. One number a cell: row × columns + column.
const GRADE_BIT = Object.fromEntries(GRADES.map((grade, at) => [grade, 1 << at]));
const WHEN_BIT = { after: 1, before: 2, unknown: 4 };
const COLUMNS = data.firms.length;
const CELLS = COLUMNS * data.rows.length;
const LETTERS = Object.keys(data.letters);
const shows = new Uint8Array(CELLS); // position of the cell's letter
const counted = new Uint8Array(CELLS); // 1 where the requirement binds the firm
const covered = new Uint8Array(CELLS); // 1 where an addressed cell is evidenced
const voluntary = new Uint8Array(CELLS); // 1 where there is practice though the requirement does not bind the firm
const found = { score: new Uint8Array(CELLS), grades: new Uint8Array(CELLS), when: new Uint8Array(CELLS), year: new Uint16Array(CELLS), pieces: new Uint16Array(CELLS), findings: new Uint16Array(CELLS), alleged: new Uint8Array(CELLS), below: new Uint16Array(CELLS), more: new Uint32Array(CELLS) };
data.rows.forEach((row, q) => {
  for (let f = 0; f < COLUMNS; f += 1) {
    const letter = row.cells[f];
    const key = q * COLUMNS + f;
    shows[key] = LETTERS.indexOf(letter.toLowerCase());
    counted[key] = !OUTSIDE.includes(letter) && letter === letter.toLowerCase() ? 1 : 0;
    covered[key] = LETTERS_OF.evidenced.includes(letter) ? 1 : 0;
    voluntary[key] = letter === letter.toLowerCase() ? 0 : 1;
  }
});
const letterOf = (q, f) => LETTERS[shows[q * COLUMNS + f]];
const levelOf = (q, f) => data.letters[letterOf(q, f)];
const isVoluntary = (q, f) => voluntary[q * COLUMNS + f] === 1;

const fold = (text) => text.normalize('NFKC').toLowerCase();
const rowText = data.rows.map((row) => fold([row.id, ...row.clause, ...row.title].join(' '))); // unpacking adds what is asked
const firmText = data.firms.map((firm) => fold([firm.id, ...firm.name, firm.also].join(' ')));
const remembered = new Map();

/** What the pointer is told over a cell. */
const titleOfCell = ({ q, f }) => `${named(data.firms[f])} · ${titleOf(data.rows[q])} · ${say(`level-${levelOf(q, f)}`)}`;

/** The cells whose quotes hold the word. */
function quotesWith(word) {
  const known = remembered.get(word);
  if (known) return known;
  const hits = new Uint8Array(CELLS);
  if (!seekQuotes(word, hits)) return hits;
  if (remembered.size > 30) remembered.clear();
  remembered.set(word, hits);
  return hits;
}

function isFiltered(asked) {
  return Boolean(asked.holes) || FILTERS.some((name) => asked[name]);
}

/**
 * For the given state: rows and columns shown, cells that match, and sums. Under every sum stand the addressed cells of the
 * rows and columns that were asked for, also of those which are hidden since nothing in them matches.
 */
function sift(asked) {
  const words = fold(asked.words ?? '').split(/\s+/).filter(Boolean);
  const levels = asked.holes ? GAPS : (asked.level ?? '').split(',').filter(Boolean);
  const alleged = levels.includes('alleged');
  const unclear = levels.includes('undecided');
  const wanted = LETTERS.map((letter) => levels.includes(data.letters[letter]));
  const grade = [...(several(asked.grade) ?? [])].reduce((bits, name) => bits | (GRADE_BIT[name] ?? 0), 0);
  const cellwise = Boolean(levels.length || words.length || grade || asked.when || asked.score);
  const [policies, parts, kinds, themes, obligations, firms] = ['policy', 'part', 'kind', 'theme', 'obligation', 'only'].map((name) => several(asked[name]));
  const inside = (row) => policies?.has(data.policies[row.policy].id) || parts?.has(`${data.policies[row.policy].id}~${data.parts[row.part]?.id}`);
  const columns = data.firms.map((firm) => (!kinds || kinds.has(firm.kind)) && (!firms || firms.has(firm.id)));
  const rows = data.rows.map((row) => ((!policies && !parts) || inside(row))
    && (!themes || row.themes.some((theme) => themes.has(theme))) && (!obligations || obligations.has(row.obligation)));
  const [ownRows, ownColumns] = [[...rows], [...columns]];
  const match = new Uint8Array(CELLS);
  const pair = () => [0, 0];
  const sums = { rows: data.rows.map(pair), columns: data.firms.map(pair), policies: data.policies.map(pair), parts: data.parts.map(pair), kinds: new Map(), all: [0, 0], cells: 0, voluntary: 0, outside: 0, undated: 0 };
  const sought = words.map((word) => ({ hits: quotesWith(word), row: rowText.map((text) => text.includes(word)), firm: firmText.map((text) => text.includes(word)) }));
  const when = WHEN_BIT[asked.when] ?? 0;
  const since = asked.when && !when ? Number(asked.when) : 0;
  const least = Number(asked.score) || 0;
  const marked = grade || when || since || least;
  const passes = (key, q, f) => {
    if (levels.length && !wanted[shows[key]] && !(alleged && found.alleged[key]) && !(unclear && unsettled(key))) return false;
    if (marked && (!found.grades[key] || (grade && !(found.grades[key] & grade)) || found.score[key] < least || (when && !(found.when[key] & when)))) return false;
    for (const word of sought) if (!word.row[q] && !word.firm[f] && !word.hits[key]) return false;
    if (found.year[key] >= since) return true;
    if (found.when[key] & WHEN_BIT.unknown) sums.undated += 1;
    return false;
  };
  const hit = cellwise ? new Uint8Array(COLUMNS) : null; // columns with a cell that matches
  rows.forEach((shown, q) => {
    if (!shown) return;
    let any = false;
    for (let f = 0, key = q * COLUMNS; f < COLUMNS; f += 1, key += 1) {
      if (!columns[f] || (cellwise && !passes(key, q, f))) continue;
      match[key] = 1;
      any = true;
      if (hit) hit[f] = 1;
      if (voluntary[key]) sums.voluntary += 1; else if (counted[key]) sums.cells += 1; else sums.outside += 1;
    }
    if (!any) rows[q] = false;
  });
  if (hit) columns.forEach((shown, f) => { if (!hit[f]) columns[f] = false; });
  const byMark = Boolean(levels.length || marked);
  const wholeRows = sought.some(({ row }) => row.includes(true)) ? rows : ownRows; // a word that names requirements asks for these
  const wholeColumns = sought.some(({ firm }) => firm.includes(true)) ? columns : ownColumns;
  wholeRows.forEach((whole, q) => {
    if (!whole) return;
    const inRow = sums.rows[q];
    for (let f = 0, key = q * COLUMNS; f < COLUMNS; f += 1, key += 1) {
      if (!wholeColumns[f] || !counted[key]) continue;
      const counts = (byMark || covered[key]) && (!cellwise || match[key]) ? 1 : 0;
      inRow[0] += counts; inRow[1] += 1;
      const inColumn = sums.columns[f];
      inColumn[0] += counts; inColumn[1] += 1;
    }
    for (const sum of [sums.all, sums.policies[data.rows[q].policy], sums.parts[data.rows[q].part]]) if (sum) add(sum, inRow);
  });
  data.firms.forEach((firm, f) => {
    if (!sums.kinds.has(firm.kind)) sums.kinds.set(firm.kind, pair());
    add(sums.kinds.get(firm.kind), sums.columns[f]);
  });
  return { rows, columns, match, sums, cellwise, byMark };
}

function add(sum, more) {
  sum[0] += more[0];
  sum[1] += more[1];
}

/** A set from a list in the address, or nothing where the list is empty. */
function several(list) {
  const chosen = (list ?? '').split(',').filter(Boolean);
  return chosen.length ? new Set(chosen.map(plain)) : null;
}

function plain(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

/** The theme under which each row stands where rows are grouped by theme across policies. */
const THEME_OF = [];
data.themed.forEach(([, rows], theme) => rows.forEach((q) => { THEME_OF[q] = theme; }));
const isThemed = (asked) => asked.sort === 'theme';

/** Orders of rows and columns: as given, by coverage inside each policy and kind, or rows by theme, equals together. */
function orders(asked, sums) {
  const share = ([part, whole]) => (whole ? part / whole : -1);
  const direction = asked.sort === 'most' ? -1 : 1;
  const ranked = asked.sort && !isThemed(asked);
  const by = (group, list) => (a, b) => group(a) - group(b) || (ranked ? direction * (share(list[a]) - share(list[b])) : 0) || a - b;
  const kinds = [...new Set(data.firms.map((firm) => firm.kind))];
  const kindOf = data.firms.map((firm) => kinds.indexOf(firm.kind));
  return {
    rows: isThemed(asked) ? data.themed.flatMap(([, rows]) => rows) : data.rows.map((_, q) => q).sort(by((q) => data.rows[q].policy, sums.rows)),
    columns: data.firms.map((_, f) => f).sort(by((f) => kindOf[f], sums.columns)),
  };
}

/** What the sums count: all evidenced cells, those that hold the words, gaps, or what the filters let through. */
const counts = (asked, { cellwise, byMark }) => (asked.holes ? 'holes' : byMark ? 'filtered' : cellwise ? 'worded' : 'plain');
/** A percentage: «0%» only for none, «100%» only for all. */
function percentOf([part, whole]) {
  if (part === 0 || part >= whole) return part && whole ? '100%' : '0%';
  const exact = 100 * part / whole;
  return exact < 0.5 ? '<1%' : exact >= 99.5 ? '>99%' : `${Math.round(exact)}%`;
}
const ratio = ([part, whole]) => `${part}/${whole}`;

/** Says how much of the matrix the filters leave. */
function tell(asked, { rows, columns, sums, cellwise }) {
  const count = (noun, number) => say(`count-${noun}`, { number: grouped(number) });
  const numbers = { rows: count('requirements', rows.filter(Boolean).length), firms: count('firms', columns.filter(Boolean).length), cells: count('cells', sums.cells), voluntary: count('cells', sums.voluntary), outside: count('cells', sums.outside), part: grouped(sums.all[0]), whole: grouped(sums.all[1]) };
  const key = !cellwise ? 'shown-some' : sums.voluntary ? 'shown-voluntary' : sums.cells ? 'shown' : sums.outside ? 'shown-outside' : 'nothing-matches';
  const undated = sums.undated ? ` ${say('undated', { number: grouped(sums.undated) })}` : '';
  $('#shown').textContent = say(isFiltered(asked) ? key : 'shown-all', numbers) + undated;
}
