// The review: rulings where a quote is read, a queue, how far it has come, and decisions out of the page and into it.
const GRADE_KEYS = data.orders.ascending; // 1–4
const queue = { key: '', pieces: [], at: 0 };
const STATES = ['conflict', 'suspect', 'orphaned'];
const isRuled = (e) => rulings.pieces.has(e);
const button = (words, onclick, more = {}) => make('button', { type: 'button', onclick, ...more }, words);

/** What humans said of a piece, beside what the machine said. */
function saidOfPiece(e) {
  const outcome = rulings.pieces.get(e);
  return outcome ? [' ', make('span', { className: 'tag human' }, `${say('human')} ${outcomeSaid(outcome)}`)] : [];
}

/** The same of a cell. */
function saidOfCell({ q, f }) {
  const letter = humanLetter(q * COLUMNS + f);
  return letter ? [' ', make('span', { className: 'tag human' }, `${say('human')} ${glyphSaid(letter)} ${levelSaid(letter)}`)] : [];
}

function decisionLine(entry) {
  const { ruling, to, why, by, at } = entry.decision;
  const said = to ? say(`ruling-${ruling}-to`, { to: GRADES.includes(to) ? say(`grade-${to}`) : say(`status-${to}`) }) : say(`ruling-${ruling}`);
  return [make('b', {}, said), ` — ${by} ${at.replace('T', ' ')}`, ...(why ? [' ', make('q', {}, why)] : []),
    ...(entry.state === 'current' ? [] : [' ', make('span', { className: 'tag early' }, [say(`state-${entry.state}`), ...entry.changes.map((change) => (data.texts[`change-${change}`] ? say(`change-${change}`) : change))].join(say('colon')))])];
}

const withdrawal = (entry, e) => (entry.own ? [' ', button(say('withdraw'), () => { withdraw(entry); renew(e); }, { className: 'plain withdraw' })] : []);

/** The rulings on a piece, as they stand under its reasons. */
function rulingsOn(e) {
  return make('ul', { className: 'rulings' }, ...(rulings.ofPiece.get(e) ?? []).map((entry) => make('li', {}, ...decisionLine(entry), ...withdrawal(entry, e))));
}

/** Gives an article its buttons: to rule on it, and to cite it. */
function control(article) {
  const e = Number(article.dataset.piece);
  const place = { q: Math.floor(pack.keys[e] / COLUMNS), f: pack.keys[e] % COLUMNS };
  const outcome = rulings.pieces.get(e);
  const unclear = isUnclear(e);
  const act = (ruling, key, to) => button(`${to ? say(`grade-${to}`) : say(`ruling-${ruling}`)} ${key}`, () => decide(e, ruling, to), { className: `rule ${ruling}`, 'aria-keyshortcuts': key, 'aria-pressed': String(ruling === 'reject' ? outcome === 'rejected' : ruling === 'regrade' ? outcome === to && (unclear || to !== gradeOf(e)) : outcome === gradeOf(e)) });
  article.tabIndex = -1;
  article.addEventListener('focusin', () => { for (const other of $$('article.at')) other.classList.toggle('at', other === article); article.classList.add('at'); });
  article.append(
    make('div', { className: 'acts', role: 'group', 'aria-label': say('ruling') }, ...(unclear ? [] : [act('accept', 'a')]), act('reject', 'r'), make('span', { className: 'regrade' }, `${say(unclear ? 'undecided-is' : 'ruling-regrade')} `, ...GRADE_KEYS.map((grade, at) => act('regrade', String(at + 1), grade))), button(`${say('ruling-comment')} c`, () => remark(e), { className: 'rule', 'aria-keyshortcuts': 'c' }), button(say('cite'), () => cite(article, place), { className: 'cite' })));
}

function decide(e, ruling, to) {
  if (ruling === 'accept' && isUnclear(e)) { tellFor(say('undecided-choose')); return; }
  const regraded = ruling === 'regrade' && to === gradeOf(e) && !isUnclear(e) ? 'accept' : ruling;
  signed(() => { rule(e, regraded, regraded === 'regrade' ? { to } : {}); renew(e); tellFor(`${say(`ruling-${regraded}`)}${regraded === 'regrade' ? ` ${say(`grade-${to}`)}` : ''}`); });
}

/** Asks for a remark on a piece; with words given it is added to the ruling as its reason, where there is one of this reviewer. */
function remark(e) {
  const words = make('textarea', { rows: 3, name: 'why', 'aria-labelledby': 'asking-h' });
  ask(say('remark-head'), [words], [[say('ok'), () => {
    const why = words.value.trim();
    signed(() => { rule(e, 'comment', { why }); renew(e); });
  }, () => (words.value.trim() ? '' : say('remark-lacks'))]], words);
}

/** Asks what is to be ruled on a cell: that it does not apply, another status, or words in it that the program missed. */
function askOfCell(place) {
  const option = (ruling, to) => make('option', { value: `${ruling} ${to ?? ''}` }, to ? say(`ruling-${ruling}-to`, { to: say(ruling === 'add' ? `grade-${to}` : `status-${to}`) }) : say(`ruling-${ruling}`));
  const what = make('select', { name: 'what' }, option('not-applicable'), ...STATUSES.map((status) => option('set', status)), ...GRADE_KEYS.map((grade) => option('add', grade)));
  const words = make('textarea', { rows: 3, name: 'words' });
  const order = [...data.documents.keys()].sort((a, b) => speaksOf(b, place.f) - speaksOf(a, place.f));
  const where = make('select', { name: 'where' }, ...order.map((d) => make('option', { value: data.documents[d].id }, calledApart(d))));
  const why = make('textarea', { rows: 2, name: 'why' });
  const labelled = (key, field) => make('label', { className: 'field' }, say(key), field);
  const missed = make('div', {}, labelled('missed-words', words), labelled('missed-where', where));
  const isAdding = () => what.value.startsWith('add');
  what.addEventListener('change', () => { missed.hidden = !isAdding(); });
  missed.hidden = true;
  words.addEventListener('change', () => { // the document that holds them is the one that is meant
    const holding = order.filter((d) => holds(d, words.value));
    if (holding.length && !holding.some((d) => data.documents[d].id === where.value)) where.value = data.documents[holding[0]].id;
  });
  const lacks = () => {
    if (!isAdding()) return why.value.trim() ? '' : say('cell-lacks');
    if (!normalised(words.value)) return say('cell-lacks');
    return holds(find(data.documents, where.value), words.value) === false ? say('words-elsewhere') : '';
  };
  ask(say('rule-cell'), [labelled('ruling', what), missed, labelled('remark-why', why)], [[say('ok'), () => {
    const [ruling, to] = what.value.split(' ');
    const more = { ruling, ...(to ? { to } : {}), why: why.value.trim(), ...(isAdding() ? { words: words.value.trim(), document: where.value } : {}) };
    signed(() => { ruleCell(place, more); renew(); if (isAdding() && holds(find(data.documents, more.document), more.words) === null) tellFor(say('words-unchecked')); });
  }, lacks]], what);
}

const speaksOf = (d, f) => data.documents[d].firms.includes(f);
/** The name of a document, with its id where others are called the same. */
const calledApart = (d) => { const { id, name } = data.documents[d]; return data.documents.some((one) => one.id !== id && one.name === name) ? `${name} (${id})` : name; };
const reduced = []; // by document, its whole text as `normalised` gives it

/** Whether a document holds the words, as the program looks for them; null where the page does not have its text. */
function holds(d, words) {
  if (!pack?.articles[d]?.length) return null;
  reduced[d] ??= pack.articles[d].map(([text]) => normalised(text)).join('');
  const wanted = normalised(words);
  return wanted !== '' && reduced[d].includes(wanted);
}

/** Goes on once a name is given: a decision without one is none. */
function signed(onwards) {
  if (rulings.by) { onwards(); return; }
  const name = make('input', { name: 'by', type: 'text', autocomplete: 'name', 'aria-labelledby': 'asking-h' });
  ask(say('by-head'), [name], [[say('ok'), () => { rulings.by = name.value.trim(); keep(); onwards(); }, () => (name.value.trim() ? '' : say('by-lacks'))]], name);
}

/** A question over the page: words, fields, and buttons of which each does something once nothing is lacking; else it says what. */
function ask(head, fields, choices, first) {
  const dialog = $('#asking');
  const lacking = make('p', { className: 'notice', role: 'alert', hidden: true });
  const closing = (then, lacks) => () => {
    lacking.textContent = lacks?.() ?? '';
    lacking.hidden = !lacking.textContent;
    if (lacking.textContent) return;
    dialog.close();
    then?.();
  };
  const form = make('form', { method: 'dialog' }, make('h2', { id: 'asking-h' }, head), ...fields, lacking, make('p', { className: 'acts' }, ...choices.map(([words, then, lacks]) => button(words, closing(then, lacks))), button(say('cancel'), closing())));
  form.addEventListener('submit', (event) => { event.preventDefault(); closing(...choices[0].slice(1))(); });
  form.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.tagName === 'TEXTAREA') closing(...choices[0].slice(1))(); });
  dialog.replaceChildren(form);
  dialog.showModal();
  first?.focus();
}

/** Draws what a decision touches, and leaves the reader where they were. */
function renew(e) {
  const within = document.activeElement?.closest('article, #panel, #reviewing, #comparison');
  const holder = within && (within.closest('#panel, #reviewing, #comparison') ?? within);
  render({ next: state });
  const article = e === undefined ? null : articleOfPiece(e, holder?.id);
  if (article && (within || document.activeElement === document.body)) article.focus({ preventScroll: true });
  else article?.classList.add('at');
}

const articleOfPiece = (e, within) => $(`#${within || (panel.hidden ? 'reviewing' : 'panel')} article[data-piece="${e}"]`);

/** The article that keys rule on: the marked one, else the first that nobody has ruled on. */
function articleAt() {
  const articles = $$(panel.hidden ? '#reviewing article, #comparison article' : '#panel article').filter((one) => one.offsetWidth);
  return articles.find((one) => one.classList.contains('at')) ?? articles.find((one) => !isRuled(Number(one.dataset.piece))) ?? articles[0];
}

/** The next piece: of this cell, of the queue, or of the next cell that the filters show. */
function onward() {
  if (state.view === 'review' && panel.hidden) { turnQueue(1); return; }
  const articles = $$('#panel article');
  const next = articles[articles.indexOf(articleAt()) + (articles.some((one) => one.classList.contains('at')) ? 1 : 0)];
  if (next) { next.focus(); next.scrollIntoView({ block: 'nearest' }); return; }
  const target = chosenCell() && neighbour(chosenCell(), 1);
  if (target) { moveTo(target, false); choose(target, true); }
}

function onReviewKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $('#asking').open || event.target.closest?.('input, textarea, select')) return;
  const article = articleAt();
  if (!article || !pack) return;
  const e = Number(article.dataset.piece);
  const grade = GRADE_KEYS[Number(event.key) - 1];
  const does = grade ? () => decide(e, 'regrade', grade) : { a: () => decide(e, 'accept'), r: () => decide(e, 'reject'), c: () => remark(e), n: onward }[event.key];
  if (!does) return;
  event.preventDefault();
  does();
}

/** How many pieces of a firm, of a requirement or in all a human has ruled on. */
function progressed({ f, q }) {
  const inside = (e) => !isUnclear(e) && (f === undefined || pack.keys[e] % COLUMNS === f) && (q === undefined || Math.floor(pack.keys[e] / COLUMNS) === q);
  const whole = f !== undefined ? piecesAbout(f) : q !== undefined ? data.firms.reduce((sum, _, at) => sum + found.pieces[q * COLUMNS + at], 0) : pack.size;
  return [[...rulings.pieces.keys()].filter(inside).length, whole];
}

const progressOf = (of) => { const [done, whole] = progressed(of); return whole ? say('progress', { done: grouped(done), whole: grouped(whole) }) : '—'; };

/** The same as a line that leads to the queue. */
function progressLine({ f, q }) {
  const [, whole] = progressed({ f, q });
  const next = { view: 'review', queue: f === undefined ? 'requirement' : 'firm', of: f === undefined ? data.rows[q].id : data.firms[f].id };
  return whole ? [make('p', { className: 'meta' }, `${say('col-reviewed')}${say('colon')}${progressOf({ f, q })} · `, make('a', { href: address(next) }, say('review-these')))] : [];
}

const QUEUES = {
  least: () => everyPiece(),
  contrary: () => everyPiece().filter((e) => gradeOf(e) === 'adverse'),
  undecided: () => [...pack.keys.keys()].slice(pack.size),
  firm: (of) => everyPiece().filter((e) => pack.keys[e] % COLUMNS === find(data.firms, of)),
  requirement: (of) => everyPiece().filter((e) => Math.floor(pack.keys[e] / COLUMNS) === find(data.rows, of)),
  remarked: () => [...rulings.ofPiece.keys()].sort((a, b) => a - b),
};

/** The pieces to review in their order, found anew only when something else is asked for. */
function fillQueue() {
  const name = QUEUES[state.queue] ? state.queue : 'least';
  const of = state.of || (name === 'firm' ? data.firms[0]?.id : data.rows[0]?.id);
  const key = `${name} ${name === 'firm' || name === 'requirement' ? of : ''} ${state.ruled ?? ''}`;
  if (queue.key === key) return { name, of };
  let pieces = QUEUES[name](of);
  if (name === 'least' || name === 'contrary') pieces.sort((a, b) => pack.percent[a] - pack.percent[b] || a - b);
  if (!state.ruled) pieces = pieces.filter((e) => !isRuled(e) || name === 'remarked');
  Object.assign(queue, { key, pieces, at: 0 });
  return { name, of };
}

function turnQueue(by) {
  queue.at = Math.min(Math.max(queue.at + by, 0), Math.max(0, queue.pieces.length - 1));
  drawReview();
  const article = $('#reviewing article');
  article?.focus({ preventScroll: true });
}

function drawReview() {
  if (!pack) return;
  const { name, of } = fillQueue();
  const e = queue.pieces[queue.at];
  const chosen = (field, value) => go({ queue: name, [field]: value, ...(field === 'queue' ? { of: '' } : {}) }, true);
  const kind = make('select', { name: 'queue', onchange: () => chosen('queue', kind.value) }, ...Object.keys(QUEUES).filter((one) => one !== 'undecided' || pack.undecided.length).map((one) => make('option', { value: one }, say(`queue-${one}`))));
  kind.value = name;
  const list = { firm: data.firms, requirement: data.rows }[name];
  const which = list && make('select', { name: 'of', onchange: () => chosen('of', which.value) }, ...list.map((one) => make('option', { value: one.id }, one.title ? titleOf(one) : named(one))));
  if (which) which.value = of;
  const ruled = make('input', { type: 'checkbox', name: 'ruled', checked: Boolean(state.ruled), onchange: () => chosen('ruled', ruled.checked ? '1' : '') });
  const by = make('input', { type: 'text', name: 'by', value: rulings.by, autocomplete: 'name', onchange: () => { rulings.by = by.value.trim(); keep(); } });
  $('#reviewing').replaceChildren(
    make('p', { className: 'reviewhead' }, make('label', {}, `${say('by')} `, by), ' ', ...ownActs()),
    ...(rulings.kept ? [] : [make('p', { className: 'notice' }, say('memory-only'))]),
    ...(rulings.unsaved ? [make('p', { className: 'notice unsaved' }, say('unsaved', { number: rulings.unsaved }))] : []),
    standingOfReview(),
    make('p', { className: 'reviewhead' }, make('label', {}, `${say('queue')} `, kind), ...(which ? [' ', which] : []), ' ', make('label', { className: 'switch' }, ruled, say('queue-ruled')), ' ',
      button(say('previous-piece'), () => turnQueue(-1), { disabled: queue.at === 0 }), button(`${say('next-piece')} n`, () => turnQueue(1), { disabled: queue.at + 1 >= queue.pieces.length, 'aria-keyshortcuts': 'n' }),
      ' ', make('span', { className: 'meta' }, queue.pieces.length ? say('queue-at', { at: grouped(queue.at + 1), number: grouped(queue.pieces.length) }) : say('queue-empty'))),
    ...(e === undefined ? [] : [queued(e)]),
    ...doubtful());
}

/** One piece of the queue with its cell. */
function queued(e) {
  const place = { q: Math.floor(pack.keys[e] / COLUMNS), f: pack.keys[e] % COLUMNS };
  const article = piece(e);
  control(article);
  return make('section', { className: 'profile queued' }, make('h3', {}, signAt(place), ' ', make('bdi', {}, named(data.firms[place.f])), ' · ', cellLink(place, titleOf(data.rows[place.q])), ...saidOfCell(place)), askOf(place.q), article);
}

/** What humans made of the pieces, and of the cells, beside the machine's count. */
function countsSaid() {
  const counts = { accepted: 0, regraded: 0, rejected: 0, conflict: 0 };
  for (const [e, outcome] of ruledEvidence()) counts[outcome === 'rejected' || outcome === 'conflict' ? outcome : outcome === gradeOf(e) ? 'accepted' : 'regraded'] += 1;
  const said = Object.entries(counts).map(([name, number]) => `${say(`count-${name}`)} ${number}`).join(say('comma'));
  const [machine, whole] = sift({}).sums.all;
  let [evidenced, of] = [machine, whole];
  for (const [key, letter] of rulings.cells) {
    if (!counted[key] || letter === 'conflict') continue;
    evidenced += LETTERS_OF.evidenced.includes(letter) - covered[key];
    of -= OUTSIDE.includes(letter);
  }
  const doubtful = rulings.entries.filter((one) => STATES.includes(one.state)).length;
  return [...(ruledEvidence().length ? [said] : []), ...(rulings.cells.size ? [say('reviewed-cells', { number: grouped(evidenced), whole: grouped(of), machine: grouped(machine) })] : []), ...(doubtful ? [say('reviewed-doubtful', { number: doubtful })] : [])];
}

/** The line of the overview on the review, as it stands now. */
function drawHumans() {
  const [said, ...more] = countsSaid();
  const ruled = ruledEvidence().length;
  const line = say('reviewed', { number: grouped(pack.size), ruled: grouped(ruled) });
  $('#humans').textContent = [`${line}${ruled ? `${say('colon')}${said}` : ''}`, ...(ruled ? more : said ? [said, ...more] : [])].join(' · ');
}

/** What the machine marked and what humans said, each by its name, and the progress by firm and by requirement. */
function standingOfReview() {
  const table = (head, list, of, link) => make('details', {}, make('summary', {}, head), make('table', { className: 'list' }, make('tbody', {}, ...list.flatMap((one, at) => {
    const [done, whole] = progressed(of(at));
    return whole ? [make('tr', {}, make('th', { scope: 'row' }, make('a', { href: address({ view: 'review', queue: link, of: one.id }) }, one.title ? titleOf(one) : named(one))), make('td', { className: 'num' }, `${done}/${whole}`))] : [];
  }))));
  return make('div', { className: 'standing' },
    make('p', {}, make('b', {}, say('by-machine')), ` ${say('pieces', { number: grouped(pack.size) })} · `, make('b', {}, say('by-humans')), [` ${progressOf({})}`, ...countsSaid()].join(' · ')),
    ...(data.firms.length * data.rows.length <= 100_000 ? [table(say('progress-firms'), data.firms, (f) => ({ f }), 'firm'), table(say('progress-requirements'), data.rows, (q) => ({ q }), 'requirement')] : []));
}

/** Decisions that do not simply hold: nothing is dropped. */
function doubtful() {
  return STATES.flatMap((name) => {
    const entries = rulings.entries.filter((one) => one.state === name);
    return entries.length ? [make('section', {}, make('h3', {}, `${say(`state-${name}`)} (${entries.length})`), make('ul', { className: 'rulings' }, ...entries.map((entry) => make('li', {}, entry.aim.f >= 0 && entry.aim.q >= 0 ? cellLink(entry.aim, `${named(data.firms[entry.aim.f])} · ${titleOf(data.rows[entry.aim.q])}`) : `${entry.decision.firm} · ${entry.decision.requirement}`, ' ', ...(entry.decision.words ? [quoted(entry.decision.words), ' '] : []), ...decisionLine(entry)))))] : [];
  });
}

/** Save, load, and save the page with its decisions. */
function ownActs() {
  const file = make('input', { type: 'file', accept: '.yaml,.yml', hidden: true, name: 'decisions', 'aria-label': say('load-decisions'), onchange: () => load(file.files[0]) });
  return [
    button(say('save-decisions'), () => saveDecisions(), { name: 'save' }), ' ', button(say('load-decisions'), () => file.click()), file,
    ...(PRISTINE ? [' ', button(say('save-page'), savePage, { name: 'save-page' })] : []),
  ];
}

function saveDecisions() {
  download('decisions.yaml', writeYaml(rulings.entries.map(({ decision }) => decision)), 'application/yaml');
  rulings.unsaved = 0;
  keep();
  drawReview();
}

async function load(file) {
  if (!file) return;
  let words;
  try {
    const decisions = readYaml(await file.text());
    const fresh = take(decisions.map((decision) => ({ decision })));
    keep();
    const held = (name) => rulings.entries.filter((one) => one.state === name).length;
    words = say('loaded', { number: decisions.length, fresh, conflict: held('conflict'), suspect: held('suspect'), orphaned: held('orphaned') });
  } catch (error) { words = error instanceof RangeError ? say('load-wrong', { line: error.message }) : String(error); }
  renew();
  $('#reviewing').prepend(make('p', { className: 'notice loaded', role: 'status' }, words));
}

/** This page as it was opened, with every decision in it. */
function savePage() {
  const entries = rulings.entries.map(({ decision, changes, state: standing }) => ({ decision, state: standing, changes }));
  const text = JSON.stringify(entries).replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  download(decodeURIComponent(location.pathname.split('/').pop() || 'matrix.html'), PRISTINE.replace(/(<script type="application\/json" id="decided">)[\s\S]*?(<\/script>)/, (_, before, after) => before + text + after), 'text/html');
  rulings.unsaved = 0;
  keep();
  drawReview();
}

function download(name, text, type) {
  const link = make('a', { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
