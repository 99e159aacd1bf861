// The evidence: one packed string in the page, unpacked into columns of numbers and a list of texts.
let pack = null;
const ready = unpack();

async function unpack() {
  const source = document.getElementById('packed');
  const packed = atob(source.textContent.trim());
  source.remove();
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
  const read = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
  const size = read.quote.length - read.undecided.length; // behind the evidence stands what is undecided
  for (const [name, list] of Object.entries(read)) {
    if (Array.isArray(list) && typeof list[0] === 'number') read[name] = Int32Array.from(list);
  }
  read.size = size;
  read.keys = new Int32Array(read.quote.length);
  read.keys.set(read.undecided, size);
  read.from = new Int32Array(CELLS + 1).fill(-1);
  read.runFrom = sumsOf(read.runs);
  read.whyFrom = sumsOf(read.why);
  const years = read.documents.map(({ date = '' }) => Number.parseInt(date.slice(0, 4), 10) || 0);
  read.scores = new Uint8Array(CELLS);
  let key = 0;
  let cells = 0;
  for (let e = 0; e < size; e += 1) {
    key += read.steps[e];
    read.keys[e] = key;
    if (read.from[key] < 0) { read.from[key] = e; read.scores[key] = read.cells[cells]; cells += 1; }
    found.pieces[key] += 1;
    if (HEAVIEST[read.grade[e]] === 'adverse') found.findings[key] += 1;
    found.score[key] = Math.max(found.score[key], read.percent[e]);
    found.grades[key] |= GRADE_BIT[HEAVIEST[read.grade[e]]];
    found.when[key] |= read.when[e];
    found.year[key] = Math.max(found.year[key], years[read.document[e]] ?? 0);
  }
  read.isAlleged = new Set(read.alleged);
  read.about = {};
  read.sentence = Int32Array.from(read.keys, (_, e) => e); // the first piece about the same firm that stands in the same place
  read.sharing = new Map(); // by that piece, how many there are
  const places = new Map();
  for (let e = 0; e < size; e += 1) {
    const f = read.keys[e] % COLUMNS;
    (read.about[f] ??= []).push(e);
    const place = `${f} ${read.document[e]} ${read.start[e]} ${read.length[e]}`;
    if (!places.has(place)) places.set(place, e);
    read.sentence[e] = places.get(place);
    read.sharing.set(read.sentence[e], (read.sharing.get(read.sentence[e]) ?? 0) + 1);
  }
  read.unclear = new Map(); // by cell, what is undecided in it
  read.undecided.forEach((key, at) => read.unclear.set(key, [...(read.unclear.get(key) ?? []), size + at]));
  for (const e of read.alleged) { found.alleged[read.keys[e]] += 1; found.findings[read.keys[e]] -= 1; }
  read.rows.forEach(([zh, en], q) => { rowText[q] += ` ${fold(`${zh} ${en}`)}`; });
  for (let at = 0; at < read.below.length; at += 2) found.below[read.below[at]] = read.below[at + 1];
  for (let at = 0; at < read.more.length; at += 2) found.more[read.more[at]] = read.more[at + 1];
  pack = read;
  foldQuotes(0);
}

/** Running sums: where the share of each piece begins in a common list. */
function sumsOf(counts) {
  const from = new Int32Array((counts?.length ?? 0) + 1);
  for (let at = 0; at + 1 < from.length; at += 1) from[at + 1] = from[at] + counts[at];
  return from;
}

const folded = [];

/** Prepares the quotes for the search for words, a slice at a time, so that the page keeps answering. */
function foldQuotes(at) {
  foldUpTo(at + 5000);
  if (folded.length < pack.quoted) setTimeout(foldQuotes, 0, folded.length);
}

function foldUpTo(end) {
  for (let at = folded.length; at < Math.min(end, pack.quoted); at += 1) folded.push(fold(pack.texts[at]));
}

/** Sets the cells whose quotes hold the word; false as long as nothing is unpacked. */
function seekQuotes(word, hits) {
  if (!pack) return false;
  foldUpTo(pack.quoted);
  const holds = new Uint8Array(pack.quoted);
  for (let at = 0; at < pack.quoted; at += 1) if (folded[at].includes(word)) holds[at] = 1;
  for (let e = 0; e < pack.size; e += 1) if (holds[pack.quote[e]]) hits[pack.keys[e]] = 1;
  return true;
}

/** Numbers of the pieces of a cell, best first. */
function piecesOf({ q, f }) {
  const key = q * COLUMNS + f;
  return Array.from({ length: pack ? found.pieces[key] : 0 }, (_, at) => pack.from[key] + at);
}
