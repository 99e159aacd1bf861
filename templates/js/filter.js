// Which rows, columns and cells the filters let through, and the figures of what is left.
const GRADE_BIT = { outcome: 1, action: 2, commitment: 4, adverse: 8 };
const WHEN_BIT = { after: 1, before: 2, unknown: 4 };
const COLUMNS = data.firms.length;
const letters = data.rows.map((row) => [...row.cells]);
const levelOf = (q, f) => data.letters[letters[q][f].toLowerCase()];
const found = new Map(data.found.map((entry) => [entry[1] * COLUMNS + entry[0], entry]));
let quotes = null;

const fold = (text) => text.normalize('NFKC').toLowerCase();
const rowText = data.rows.map((row) => fold([row.id, row.clause, ...row.title, $('.ask p', document.getElementById(`q${data.rows.indexOf(row)}`))?.textContent ?? ''].join(' ')));
const firmText = data.firms.map((firm) => fold([firm.id, ...firm.name, firm.also].join(' ')));

function quoteText(key) {
  quotes ??= new Map([...found].map(([at, [f, q]]) => [at, fold($$(`#x${f}-${q} .q`).map((one) => one.textContent).join(' '))]));
  return quotes.get(key) ?? '';
}

function isFiltered(asked) {
  return Boolean(asked.holes) || FILTERS.some((name) => asked[name]);
}

/** For the given state: rows and columns shown, cells that match, and sums (matching or evidenced / addressed). */
function sift(asked) {
  const words = fold(asked.words ?? '').split(/\s+/).filter(Boolean);
  const levels = new Set(asked.holes ? ['none', 'unsearched'] : (asked.level ?? '').split(',').filter(Boolean));
  const cellwise = levels.size || words.length || asked.grade || asked.when || asked.score;
  const filtered = isFiltered(asked);
  const columns = data.firms.map((firm) => !asked.kind || firm.kind === asked.kind);
  const rows = data.rows.map((row) => (!asked.policy || data.policies[row.policy].id === asked.policy)
    && (!asked.theme || row.themes.includes(asked.theme)) && (!asked.obligation || row.obligation === asked.obligation));
  const match = data.rows.map(() => new Uint8Array(COLUMNS));
  const sums = { rows: data.rows.map(() => [0, 0]), columns: data.firms.map(() => [0, 0]), all: [0, 0], cells: 0 };
  const passes = (q, f) => {
    if (levels.size && !levels.has(levelOf(q, f))) return false;
    const key = q * COLUMNS + f;
    if (words.some((word) => !rowText[q].includes(word) && !firmText[f].includes(word) && !quoteText(key).includes(word))) return false;
    if (!asked.grade && !asked.when && !asked.score) return true;
    const [, , score, grades, when, year] = found.get(key) ?? [];
    if (score === undefined) return false;
    if (asked.grade && !(grades & GRADE_BIT[asked.grade])) return false;
    if (asked.score && score < Number(asked.score)) return false;
    return !asked.when || (WHEN_BIT[asked.when] ? Boolean(when & WHEN_BIT[asked.when]) : year >= Number(asked.when));
  };
  rows.forEach((shown, q) => {
    if (!shown) return;
    let any = false;
    for (let f = 0; f < COLUMNS; f += 1) {
      if (columns[f] && passes(q, f)) { match[q][f] = 1; any = true; }
    }
    if (cellwise && !any) { rows[q] = false; return; }
    for (let f = 0; f < COLUMNS; f += 1) {
      if (!columns[f]) continue;
      const letter = letters[q][f];
      const addressed = letter !== 'x' && letter === letter.toLowerCase();
      const counts = filtered && cellwise ? match[q][f] && addressed : addressed && (letter === 'o' || letter === 'a');
      sums.cells += match[q][f];
      for (const sum of [sums.rows[q], sums.columns[f], sums.all]) { sum[0] += counts ? 1 : 0; sum[1] += addressed ? 1 : 0; }
    }
  });
  return { rows, columns, match, sums, cellwise: Boolean(cellwise) };
}
