// The sheets, drawn when they are asked for: a firm, a requirement, a document.
const QUOTED = 5; // firms of a requirement that are quoted on its sheet
const SUMMARY = 8; // results and contrary sentences that the summary of a firm tells; the rest is evidence behind it
const SHEETS = {
  firms: { title: (f) => [make('bdi', {}, named(data.firms[f])), ...(pack ? [' ', make('small', {}, make('bdi', {}, pack.firms[f][1 + language()]))] : [])], draw: firmSheet },
  requirements: { title: (q) => [...heading(data.rows[q]), ' ', make('small', {}, make('code', {}, data.rows[q].id))], draw: requirementSheet },
  documents: { title: (d) => [make('bdi', { lang: 'zh-CN' }, data.documents[d].name)], draw: documentSheet },
};
const cellLink = ({ q, f }, ...words) => make('a', { href: addressOfCell({ q, f }), 'data-cell': `${f}-${q}` }, ...words);
const heading = (row) => [make('span', { className: 'clause' }, row.clause[language()]), ' ', row.title[language()]];
const partial = (policy) => (policy.partial ? [' ', tag('cite-unchecked', true)] : []);

/** Draws the sheet of one firm, requirement or document. */
function sheetOf(view, at) {
  const sheet = document.getElementById(`sheet-${view}`);
  sheet.hidden = false;
  sheet.replaceChildren(make('h3', { id: `sheet-${view}-h` }, ...SHEETS[view].title(at)), ...(pack ? SHEETS[view].draw(at) : []));
  return sheet;
}

/** What humans ruled on a cell without a quote here: words they added, a status they set. */
function rulingsOnCell({ q, f }) {
  const entries = rulings.entries.filter(({ aim }) => aim.q === q && aim.f === f && aim.e < 0);
  return entries.length ? [make('ul', { className: 'rulings' }, ...entries.map((entry) => make('li', {}, ...decisionLine(entry), ...(entry.decision.words ? [' ', quoted(entry.decision.words)] : []), ...withdrawal(entry))))] : [];
}

/** What a requirement asks, of whom. */
function askOf(q) {
  const [zh, en, kinds, , , , , terms] = pack.rows[q];
  return make('div', { className: 'ask' }, make('p', {}, language() ? en : zh),
    make('p', { className: 'meta' }, tag(`obligation-${data.rows[q].obligation}`), ' ', say('addressed-to'), kinds.length ? kinds.map((kind) => say(`kind-${kind}`)).join(say('comma')) : say('addressed-nobody'), ...terms.map((term) => ` · ${term[language()]}`)));
}

function requirementSheet(q) {
  const policy = data.policies[data.rows[q].policy];
  const counts = tallyOfRow(q);
  return [
    make('p', { className: 'meta' }, policy.name[language()], ...partial(policy)), askOf(q), ...versionsOf(q),
    ...(addressedIn(counts) ? [barOf(counts), make('p', { className: 'meta' }, keyTo(counts))] : []), ...progressLine({ q }),
    ...whoOf(q), signalsOf(q),
  ];
}

/** The firms with evidence for a requirement, best first, and the way to lay two of them side by side. */
function whoOf(q) {
  const firms = pack.best[q];
  if (!firms.length) return [make('p', { className: 'hint' }, say('no-evidence'))];
  const line = (f, at) => {
    const key = q * COLUMNS + f;
    const facts = [say(`level-${levelOf(q, f)}`), say('pieces', { number: found.pieces[key] }), ...(pack.scores[key] ? [say('cell-score', { percent: pack.scores[key] })] : []), ...(isTentative(key) ? [tentativeSaid()] : []), ...(isVoluntary(q, f) ? [outside(q, piecesOf({ q, f }))] : [])];
    return make('li', {}, signAt({ q, f }), ' ', cellLink({ q, f }, make('bdi', {}, named(data.firms[f]))), ' ', make('small', {}, facts.join(' · ')), ...saidOfCell({ q, f }),
      ...(at < QUOTED ? [make('span', { className: 'quote', lang: 'zh-CN' }, ...runsOf(piecesOf({ q, f })[0]))] : []));
  };
  const everybody = data.firms.filter((_, f) => found.pieces[q * COLUMNS + f]).length;
  return [
    make('h4', {}, say('who'), ...(everybody > 1 ? [' ', make('a', { className: 'button', href: compareAddress(q, firms.slice(0, 2)) }, say('compare-these'))] : [])), make('ol', { className: 'best' }, ...firms.map(line)),
    ...(everybody > firms.length ? [make('p', {}, make('a', { href: address({ view: 'matrix', words: data.rows[q].id }), 'data-go': new URLSearchParams({ words: data.rows[q].id }).toString() }, say('all-in-matrix')))] : []),
  ];
}

/** What the program looks for. */
function signalsOf(q) {
  const [, , , signals, unless, examples, counterexamples] = pack.rows[q];
  const small = (words) => [' ', make('small', {}, words)];
  const listed = (words) => words.join('、');
  return make('details', { className: 'signals' }, make('summary', {}, say('signals')), make('p', { className: 'hint' }, say('signals-note')), make('ul', { lang: 'zh-CN' },
    ...signals.map(([need, within, not]) => make('li', {}, ...need.flatMap((group, at) => [...(at ? [say('signal-and')] : []), make('code', {}, group)]), ...(within ? small(say('signal-within')) : []), ...(not.length ? small(say('signal-unless', { words: listed(not) })) : []))),
    ...(unless.length ? [make('li', {}, say('signal-unless', { words: listed(unless) }))] : []),
    ...examples.map((words) => make('li', {}, say('example', { words }))), ...counterexamples.map((words) => make('li', {}, say('counterexample', { words })))));
}

/** A firm: a summary, what is missing in it, and behind it every piece of evidence. */
function firmSheet(f) {
  const cells = data.rows.map((_, q) => ({ q, f }));
  const tallies = tallyOf(f);
  const whole = sumOf(tallies);
  const summary = [make('p', {}, `${say('col-coverage')}${say('colon')}${whole[0]}/${addressedIn(whole)} · ${materialOf(f)}${whole[4] ? ` · ${say('long-unsearched')}` : ''}${data.firms[f].mentioned ? ` · ${say('long-mentioned')}` : ''}`), ...progressLine({ f })];
  summary.push(make('ul', { className: 'cards' }, ...data.policies.map((policy, p) => make('li', {}, make('b', {}, policy.name[language()]), ...(addressedIn(tallies[p]) ? [barOf(tallies[p]), keyTo(tallies[p])] : [make('br'), say('level-not-applicable')])))));
  const contrary = pack.contrary[f] ?? [];
  if (contrary.length) summary.push(make('h4', {}, say('contrary-head')), make('ul', { className: 'quotes' }, ...contrary.map((one) => contraryLine(f, one))));
  summary.push(...undecidedAbout(f));
  const standings = ['ahead', 'behind'].filter((name) => pack[name][f]).map((name) => make('div', {}, make('h4', {}, say(name, { documents: say('count-documents', { number: pack.firms[f][0] }) })), make('p', { className: 'hint' }, say(`${name}-note`)),
    make('ul', { className: 'plainlist' }, ...pack[name][f].map((standing) => make('li', {}, ...standingLine(f, standing))))));
  if (standings.length) summary.push(make('div', { className: 'pair even' }, ...standings));
  summary.push(...gapsOf(f, cells));
  const outcomes = pack.outcomes[f] ?? [];
  if (outcomes.length) summary.push(make('h4', {}, say('outcomes')), timeline(outcomes.slice(-SUMMARY)));
  const proof = [make('h3', { className: 'onpaper' }, make('bdi', {}, named(data.firms[f])), ' · ', say('proof'))];
  if (pack.series[f]) proof.push(make('h4', {}, say('series')), make('p', { className: 'hint' }, say('series-note')), seriesTable(pack.series[f]));
  if (outcomes.length > SUMMARY) proof.push(make('h4', {}, say('outcomes-earlier')), timeline(outcomes.slice(0, -SUMMARY)));
  data.policies.forEach((policy, p) => {
    const held = cells.filter(({ q }) => data.rows[q].policy === p).map((place) => evidenceOf(place, true)).filter(Boolean);
    proof.push(make('h4', {}, policy.name[language()], ' ', make('small', {}, `${tallies[p][0]}/${addressedIn(tallies[p])}`), ...partial(policy)), ...(held.length ? held : [make('p', { className: 'hint' }, say('no-evidence'))]));
  });
  return [make('div', { className: 'summary' }, ...summary), make('div', { className: 'proof' }, ...proof)];
}

function standingLine(f, [q, number, of, same]) {
  const words = heading(data.rows[q]);
  const facts = [data.policies[data.rows[q].policy].name[language()], say(same ? 'others-do-same' : 'others-do', { number, of }), ...(isOld(piecesOf({ q, f })) ? [say('level-predates')] : [])];
  return [signAt({ q, f }), ' ', found.pieces[q * COLUMNS + f] ? cellLink({ q, f }, ...words) : make('a', { href: `#q${q}` }, ...words), ' ', make('small', {}, facts.join(' · '))];
}

/** What was searched and not found, policy by policy: open, since it is what a reader looks for first. */
function gapsOf(f, cells) {
  const made = data.policies.flatMap((policy, p) => {
    const gaps = cells.filter(({ q }) => data.rows[q].policy === p && levelOf(q, f) === 'none');
    return gaps.length ? [make('details', { className: 'gaps', open: true }, make('summary', {}, `${policy.name[language()]}${say('colon')}${say('gaps', { number: gaps.length })}`),
      make('ul', { className: 'plainlist' }, ...gaps.map((place) => make('li', {}, cellLink(place, ...heading(data.rows[place.q]))))))] : [];
  });
  return made.length ? [make('h4', {}, say('missing-head')), ...made] : [];
}

/** A sentence that speaks against a firm, and the cells it makes contrary. */
function contraryLine(f, [e, rows]) {
  const links = rows.flatMap((q, at) => [...(at ? [say('comma')] : []), cellLink({ q, f }, ...heading(data.rows[q]))]);
  return make('li', {}, glyphOf('c'), ' ', quoted(pack.texts[pack.quote[e]]), make('p', { className: 'meta' }, say('contrary-bears', { number: rows.length }), ...links));
}

/** A firm's results by the date of the figures or of the document. */
function timeline(pieces) {
  const when = (e) => (pack.asof[e] ? say('as-of', { date: pack.texts[pack.asof[e]] }) : pack.documents[pack.document[e]]?.date ?? '—');
  return make('ol', { className: 'timeline' }, ...pieces.map((e) => make('li', {}, make('span', { className: 'when' }, when(e)), ' ', make('span', { lang: 'zh-CN' }, ...runsOf(e)))));
}

function seriesTable(lines) {
  const point = ([date, said, d]) => make('span', { className: 'nowrap' }, `${date} `, d >= 0 ? make('a', { href: `#d${d}`, lang: 'zh-CN' }, said) : make('b', { lang: 'zh-CN' }, said));
  return make('table', { className: 'list series' }, make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, say('series-thing')), make('th', { scope: 'col' }, say('series-points')))),
    make('tbody', {}, ...lines.map(([thing, line, points]) => make('tr', {}, make('th', { scope: 'row', lang: 'zh-CN' }, thing),
      make('td', {}, drawing('0 0 120 24', ['polyline', { points: line }]), ...points.flatMap((one, at) => (at ? [' → ', point(one)] : [point(one)])))))));
}

/** The pieces that stand in a document, by place; a copy of a piece stands where it was copied too. */
function marksIn(d) {
  const marks = new Map();
  const put = (start, length, e) => { const key = `${start} ${length}`; if (marks.has(key)) marks.get(key).push(e); else marks.set(key, [e]); };
  for (let e = 0; e < pack.size; e += 1) if (pack.document[e] === d) put(pack.start[e], pack.length[e], e);
  for (const [e, places] of Object.entries(pack.copies)) for (const [document, start, end] of places) if (document === d) put(start, end - start, Number(e));
  return marks;
}

function documentSheet(d) {
  const marks = marksIn(d);
  const meta = make('p', { className: 'meta' }, ...aboutDocument(d));
  const article = pack.articles[d] ?? [];
  if (article.length) return [meta, countOf(article, marks), articleOf(d, article, marks)];
  const ordered = [...marks.values()].sort(([a], [b]) => pack.start[a] - pack.start[b] || pack.length[a] - pack.length[b]);
  return [
    meta,
    ...(pack.articles.length ? [] : [make('p', { className: 'hint' }, say('article-left-out'))]),
    ...ordered.map((pieces) => make('div', { className: 'passage' }, make('p', { lang: 'zh-CN' }, ...around(pack.before[pieces[0]]), ...runsOf(pieces[0]), ...around(pack.after[pieces[0]])), make('ul', {}, ...pieces.map((e) => make('li', {}, ...noteOf(e)))))),
  ];
}

/** Where a document is from, where it lies, how long it is, who speaks in it and what was repaired. */
function aboutDocument(d) {
  const it = pack.documents[d];
  const count = (noun, number = 0) => say(`count-${noun}`, { number: grouped(number) });
  const told = [
    ...(it.link ? [[make('a', { href: it.link, rel: 'noopener noreferrer' }, say('document-link'))]] : []),
    [say('document-file', { path: it.path ?? data.documents[d].id })],
    [say('document-size', { characters: count('characters', it.characters), passages: count('sentences', it.passages), dropped: count('characters', it.dropped) })],
    ...(it.speaker ? [[say('document-speaker', { name: it.speaker })]] : []),
    ...(it.mentions ? [[say('document-mentions', { names: it.mentions.join(say('comma')) })]] : []),
    ...(it.repairs ? [[say('document-repairs'), it.repairs.map((repair) => repair[language()]).join(say('comma'))]] : []),
  ];
  return [...originOf(d), ...told.flatMap((words) => [' · ', ...words])];
}

/** How many sentences of an article are marked, and with what. */
function countOf(article, marks) {
  const held = article.filter(([, start, length]) => marks.has(`${start} ${length}`)).length;
  const grades = new Map();
  for (const e of [...marks.values()].flat()) grades.set(gradeOf(e), (grades.get(gradeOf(e)) ?? 0) + 1);
  return make('p', { className: 'meta' }, say('document-marked', { marked: grouped(held), sentences: say('count-sentences', { number: grouped(article.length) }) }), say('colon'),
    ...GRADES.filter((grade) => grades.has(grade)).flatMap((grade) => [make('span', { className: 'nowrap' }, `${say(`grade-${grade}`)} ${grouped(grades.get(grade))}`), ' ']));
}

function noteOf(e) {
  const [q, f] = [Math.floor(pack.keys[e] / COLUMNS), pack.keys[e] % COLUMNS];
  return [signOf(e), ' ', cellLink({ q, f }, make('bdi', {}, named(data.firms[f])), ` · ${data.rows[q].title[language()]}`), ' ', make('small', {}, `${gradeSaid(e)} ${pack.percent[e]}%`), ...saidOfPiece(e)];
}

/** The whole text with its marks in place. */
function articleOf(d, article, marks) {
  const made = make('div', { className: 'article' });
  let [number, voice, before, para, text] = [0, '', '', null, null];
  for (const [words, start, length, paragraph, role, speaker] of article) {
    const place = `${paragraph} ${role} ${speaker}`;
    if (place !== before) {
      before = place;
      text = make('p', { className: role, lang: 'zh-CN' }, ...(speaker && speaker !== voice ? [make('b', { className: 'speaker' }, speaker), ' '] : []));
      para = make('div', { className: 'para' }, text);
      made.append(para);
      voice = speaker;
    }
    const pieces = marks.get(`${start} ${length}`);
    if (!pieces) { text.append(words); continue; }
    number += 1;
    const best = HEAVIEST.find((grade) => pieces.some((e) => gradeOf(e) === grade));
    const name = `${data.glyphs[LETTER_OF[best]]}${number}`;
    const own = pieces.filter((e) => pack.texts[pack.quote[e]] === words);
    text.append(make('span', { className: 'sent', id: `s${d}-${number}` }, ...(own.length ? runsOf(...own) : [words]), make('a', { className: 'ref', href: `#m${d}-${number}`, 'aria-label': `${say('mark-of')} ${name}` }, name)));
    para.classList.add('marked');
    para.append(make('ul', { className: 'notes', id: `m${d}-${number}` }, ...pieces.map((e, at) => make('li', {}, ...(at ? [] : [make('a', { className: 'ref', href: `#s${d}-${number}` }, name), ' ']), ...noteOf(e)))));
  }
  return made;
}
