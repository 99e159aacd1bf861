// What humans ruled beside what the machine said: decisions that came with the page, were loaded, or were made here.
const FIELDS = ['firm', 'requirement', 'words', 'document', 'ruling', 'to', 'why', 'by', 'at', 'seen'];
const GONE = ['firm-gone', 'requirement-gone', 'words-gone'];
const STORE = `mapper:${location.pathname}`;
const rulings = { version: 0, entries: [], pieces: new Map(), cells: new Map(), ofPiece: new Map(), kept: true, unsaved: 0, by: '' };
const identityOf = (decision) => JSON.stringify(FIELDS.map((name) => decision[name] ?? (name === 'why' ? '' : null)));
const saysSomething = ({ ruling }) => ruling !== 'comment';
/** A text reduced to what it says, as decisions know words again: letters and digits only. */
const normalised = (text) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const statusOf = (q, f) => STATUSES.find((status) => LETTERS_OF[status].includes(letterOf(q, f))) ?? levelOf(q, f);

/** Where a decision points here: the cell, and the piece whose words are the same. */
function aimOf({ firm, requirement, words }) {
  const [f, q] = [find(data.firms, firm), find(data.rows, requirement)];
  const same = words === undefined || words === null ? null : normalised(words);
  const e = same !== null && f >= 0 && q >= 0 ? [...piecesOf({ q, f }), ...unclearIn({ q, f })].find((one) => normalised(pack.texts[pack.quote[one]]) === same) ?? -1 : -1;
  return { f, q, e, about: `${firm}\n${requirement}\n${same ?? ''}` };
}

/** What has changed since a decision was made, as far as this page can tell. */
function changesOf({ words, ruling, seen }, { f, q, e }) {
  const changes = [...(f < 0 ? ['firm-gone'] : []), ...(q < 0 ? ['requirement-gone'] : [])];
  if (changes.length) return changes;
  if (seen?.requirement && seen.requirement !== pack.digests[q]) changes.push('requirement-changed');
  if (words === undefined || words === null) { if (seen?.status && seen.status !== statusOf(q, f)) changes.push('status-changed'); }
  else if (e >= 0) { if (isUnclear(e) ? seen?.grade || ruling === 'accept' : seen?.grade && seen.grade !== gradeOf(e)) changes.push('grade-changed'); }
  else if (ruling !== 'add') changes.push('no-longer-marked');
  return changes;
}

/** What a ruling comes to: a grade, `rejected` or a status; nothing for a comment. */
function outcomeOf({ ruling, to }, e) {
  if (ruling === 'accept') return e >= 0 ? gradeOf(e) : null;
  if (ruling === 'reject') return 'rejected';
  if (ruling === 'not-applicable') return 'not-applicable';
  return ruling === 'comment' ? null : to;
}

/** Works out anew how every decision stands and what they come to, for pieces and for cells. */
function weigh() {
  const last = new Map();
  const said = new Map();
  for (const entry of rulings.entries) {
    entry.aim ??= aimOf(entry.decision);
    entry.changes ??= changesOf(entry.decision, entry.aim);
    entry.state = entry.changes.some((change) => GONE.includes(change)) ? 'orphaned' : entry.changes.length ? 'suspect' : 'current';
    const who = `${entry.aim.about}\n${entry.decision.by}`;
    if (saysSomething(entry.decision) && !(last.get(who)?.decision.at > entry.decision.at)) last.set(who, entry);
  }
  for (const entry of rulings.entries) {
    const latest = last.get(`${entry.aim.about}\n${entry.decision.by}`);
    if (saysSomething(entry.decision) && entry.decision.at < latest.decision.at) entry.state = 'superseded';
    const outcome = entry.state === 'current' ? outcomeOf(entry.decision, entry.aim.e) : null;
    if (outcome === null) continue;
    if (!said.has(entry.aim.about)) said.set(entry.aim.about, { ...entry.aim, cellwise: !entry.decision.words, outcomes: new Set() });
    said.get(entry.aim.about).outcomes.add(outcome);
  }
  for (const entry of rulings.entries) if (entry.state === 'current' && saysSomething(entry.decision) && said.get(entry.aim.about)?.outcomes.size > 1) entry.state = 'conflict';
  rulings.pieces.clear(); rulings.cells.clear(); rulings.ofPiece.clear();
  for (const entry of rulings.entries) if (entry.aim.e >= 0) rulings.ofPiece.set(entry.aim.e, [...(rulings.ofPiece.get(entry.aim.e) ?? []), entry]);
  const touched = new Map();
  for (const { q, f, e, cellwise, outcomes } of said.values()) {
    const outcome = outcomes.size > 1 ? 'conflict' : [...outcomes][0];
    if (isUnclear(e)) rulings.pieces.set(e, outcome);
    if (isUnclear(e) && outcome === 'rejected') continue; // what was no evidence stays none
    const cell = touched.get(q * COLUMNS + f) ?? { whole: null, added: [] };
    if (cellwise) cell.whole = outcome; else if (e >= 0 && !isUnclear(e)) rulings.pieces.set(e, outcome); else cell.added.push(outcome);
    touched.set(q * COLUMNS + f, cell);
  }
  for (const [key, cell] of touched) rulings.cells.set(key, letterByHumans(key, cell));
  rulings.version += 1;
}

/** The letter of a cell by what humans said, or `conflict`. */
function letterByHumans(key, { whole, added }) {
  const [q, f] = [Math.floor(key / COLUMNS), key % COLUMNS];
  const letter = (status) => LETTERS_OF[status]?.at(-1) ?? LETTERS.find((one) => data.letters[one] === status);
  if (whole) return whole === 'conflict' ? whole : letter(whole);
  const stands = (e, outcome) => (pack.isAlleged.has(e) && outcome === 'adverse' ? 'rejected' : outcome); // an accepted allegation is one still
  const own = (e) => (gradeOf(e) === 'outcome' && letterOf(q, f) === LETTER_OF.action ? 'action' : gradeOf(e)); // a tentative outcome makes no mark
  const grades = [...piecesOf({ q, f }).map((e) => stands(e, rulings.pieces.get(e) ?? own(e))), ...added].filter((grade) => grade !== 'rejected');
  if (grades.includes('conflict')) return 'conflict';
  if (grades.includes('adverse')) return LETTER_OF.adverse;
  const best = GRADES.find((grade) => grades.includes(grade));
  if (best) return LETTER_OF[best];
  return letter(!counted[key] ? (letterOf(q, f) === 'x' || !data.rows[q].phase ? 'not-applicable' : 'not-yet') : data.documents.some((one) => one.firms.includes(f)) ? 'none' : 'unsearched');
}

const humanLetter = (key) => rulings.cells.get(key) ?? '';
const levelSaid = (letter) => (letter === 'conflict' ? say('state-conflict') : say(`level-${data.letters[letter]}`));
const glyphSaid = (letter) => (letter === 'conflict' ? DISPUTED : data.glyphs[letter]);
const outcomeSaid = (outcome) => say(GRADES.includes(outcome) ? `grade-${outcome}` : outcome === 'conflict' ? 'state-conflict' : 'said-rejected');

/** Takes decisions in, each once; returns how many were new. `own` are those made here, which nobody has saved yet. */
function take(decisions, own = false) {
  const known = new Set(rulings.entries.map(({ decision }) => identityOf(decision)));
  let fresh = 0;
  for (const { decision, changes = null, own: mine = own } of decisions) {
    const identity = identityOf(decision);
    if (known.has(identity)) continue;
    known.add(identity);
    fresh += 1;
    rulings.entries.push({ decision, changes, own: mine });
  }
  weigh();
  return fresh;
}

/** Keeps what was decided in the browser, or says that it cannot. */
function keep() {
  try {
    localStorage.setItem(STORE, JSON.stringify({ by: rulings.by, unsaved: rulings.unsaved, decisions: rulings.entries.filter((one) => !one.embedded).map(({ decision, own }) => ({ decision, own })) }));
  } catch { rulings.kept = false; }
}

/** The decisions that came with the page, and those that this browser kept for it. */
function recall() {
  take(JSON.parse(document.getElementById('decided').textContent));
  for (const entry of rulings.entries) entry.embedded = true;
  try {
    const { by = '', unsaved = 0, decisions = [] } = JSON.parse(localStorage.getItem(STORE) ?? '{}');
    Object.assign(rulings, { by, unsaved });
    take(decisions.filter(({ decision }) => decision), true);
  } catch { rulings.kept = false; }
}

/** Now, as decisions write it. */
function moment() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** Rules on a piece of evidence. */
function rule(e, ruling, more = {}) {
  const place = { q: Math.floor(pack.keys[e] / COLUMNS), f: pack.keys[e] % COLUMNS };
  decideOn(place, { words: pack.texts[pack.quote[e]], document: data.documents[pack.document[e]]?.id, ruling, ...more }, isUnclear(e) ? {} : { grade: gradeOf(e) });
}

/** Rules on a cell, or on words in it that the program missed. */
function ruleCell(place, more) {
  decideOn(place, more, more.words ? {} : { status: statusOf(place.q, place.f) });
}

function decideOn({ q, f }, more, seen) {
  const decision = { firm: data.firms[f].id, requirement: data.rows[q].id, ...more, by: rulings.by, at: moment(), seen: { requirement: pack.digests[q], ...seen } };
  const { about } = aimOf(decision);
  rulings.entries = rulings.entries.filter((one) => !(one.own && one.aim.about === about && one.decision.by === rulings.by && saysSomething(one.decision) && saysSomething(decision))); // one's own word of this session is changed, not doubled
  rulings.unsaved += 1;
  take([{ decision }], true);
  keep();
}

/** Takes back a decision that was made here. */
function withdraw(entry) {
  rulings.entries = rulings.entries.filter((one) => one !== entry);
  rulings.unsaved += 1;
  weigh();
  keep();
}
