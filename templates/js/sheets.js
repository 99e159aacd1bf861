// The sheets of a very large run, drawn when they are asked for: a firm, the firms of a requirement, a document.
const BEST = 20; // firms that a requirement's sheet names; the rest are in the matrix
const QUOTED = 5; // … and of these are quoted
const ORDER = { o: 0, a: 1, c: 2, s: 3 };
const cellLink = ({ q, f }, ...words) => make('a', { href: addressOfCell({ q, f }), 'data-cell': `${f}-${q}` }, ...words);
const heading = (row) => [make('span', { className: 'clause' }, row.clause[language()]), ' ', row.title[language()]];

/** The sheet of one firm, requirement or document. */
function sheetOf(view, at) {
  if (view === 'requirements') { whoOf(at); return document.getElementById(`q${at}`); }
  const sheet = document.getElementById(`sheet-${view}`);
  sheet.hidden = false;
  const about = view === 'firms' && pack ? [' ', make('small', {}, make('bdi', {}, pack.firms[at][1 + language()]))] : [];
  sheet.replaceChildren(make('h3', { id: `sheet-${view}-h` }, make('bdi', view === 'documents' ? { lang: 'zh-CN' } : {}, named((view === 'firms' ? data.firms : data.documents)[at])), ...about));
  if (pack) sheet.append(...(view === 'firms' ? firmSheet(at) : documentSheet(at)));
  return sheet;
}

/** What is shown of a view without a chosen sheet: a list, or every requirement with its firms. */
function overviewOf(view) {
  if (!pack) return;
  if (view === 'requirements') data.rows.forEach((_, q) => whoOf(q));
  else listOf(view);
}

/** The firms with evidence for a requirement, best first. */
function whoOf(q) {
  const place = $('.who', document.getElementById(`q${q}`));
  const key = `${Boolean(pack)} ${language()}`;
  if (!pack || place.key === key) return;
  place.key = key;
  const keyOf = (f) => q * COLUMNS + f;
  const firms = data.firms.map((_, f) => f).filter((f) => found.pieces[keyOf(f)]);
  firms.sort((a, b) => (ORDER[letterOf(q, a)] ?? 4) - (ORDER[letterOf(q, b)] ?? 4) || pack.scores[keyOf(b)] - pack.scores[keyOf(a)] || found.pieces[keyOf(b)] - found.pieces[keyOf(a)] || a - b);
  if (!firms.length) { place.replaceChildren(make('p', { className: 'hint' }, say('no-evidence'))); return; }
  const line = (f, at) => {
    const facts = [say(`level-${levelOf(q, f)}`), say('pieces', { number: found.pieces[keyOf(f)] }), say('cell-score', { percent: pack.scores[keyOf(f)] }), ...(isVoluntary(q, f) ? [say('voluntary')] : [])];
    return make('li', {}, glyphOf(letterOf(q, f)), ' ', cellLink({ q, f }, make('bdi', {}, named(data.firms[f]))), ' ', make('small', {}, facts.join(' · ')),
      ...(at < QUOTED ? [make('span', { className: 'quote', lang: 'zh-CN' }, ...runsOf(piecesOf({ q, f })[0]))] : []));
  };
  place.replaceChildren(make('h5', {}, say('who')), make('ol', { className: 'best' }, ...firms.slice(0, BEST).map(line)),
    ...(firms.length > BEST ? [make('p', {}, make('a', { href: address({ view: 'matrix', words: data.rows[q].id }), 'data-go': new URLSearchParams({ words: data.rows[q].id }).toString() }, say('all-in-matrix')))] : []));
}

function firmSheet(f) {
  const cells = data.rows.map((_, q) => ({ q, f }));
  const tallies = tallyOf(f);
  const pieces = cells.flatMap(piecesOf);
  const whole = sumOf(tallies);
  const made = [make('p', {}, `${say('col-coverage')}${say('colon')}${whole[0]}/${addressedIn(whole)} · ${materialOf(f)}${whole[4] ? ` · ${say('long-unsearched')}` : ''}`)];
  made.push(make('ul', { className: 'cards' }, ...data.policies.map((policy, p) => make('li', {}, make('b', {}, policy.name[language()]), ...(addressedIn(tallies[p]) ? [barOf(tallies[p]), keyTo(tallies[p])] : [make('br'), say('level-not-applicable')])))));
  if (pack.contrary[f]) made.push(make('h4', {}, say('contrary-head')), make('ul', { className: 'quotes' }, ...pack.contrary[f].map((one) => contraryLine(f, one))));
  const standings = ['ahead', 'behind'].filter((name) => pack[name][f]).map((name) => make('div', {}, make('h4', {}, say(name)), make('p', { className: 'hint' }, say(`${name}-note`)),
    make('ul', { className: 'plainlist' }, ...pack[name][f].map(([q, number, of, same]) => make('li', {}, glyphOf(letterOf(q, f)), ' ', found.pieces[q * COLUMNS + f] ? cellLink({ q, f }, ...heading(data.rows[q])) : make('a', { href: `#q${q}` }, ...heading(data.rows[q])), ' ', make('small', {}, `${data.policies[data.rows[q].policy].name[language()]} · ${say(same ? 'others-do-same' : 'others-do', { number, of })}${isOld(piecesOf({ q, f })) ? ` · ${say('level-predates')}` : ''}`))))));
  if (standings.length) made.push(make('div', { className: 'pair even' }, ...standings));
  if (pack.series[f]) made.push(make('h4', {}, say('series')), make('p', { className: 'hint' }, say('series-note')), seriesTable(pack.series[f]));
  made.push(...resultsOf(pieces));
  data.policies.forEach((policy, p) => {
    const mine = cells.filter(({ q }) => data.rows[q].policy === p);
    const held = mine.map((place) => evidenceOf(place, true)).filter(Boolean);
    const gaps = mine.filter(({ q }) => levelOf(q, f) === 'none');
    made.push(make('h4', {}, policy.name[language()], ' ', make('small', {}, `${tallies[p][0]}/${addressedIn(tallies[p])}`), ...(policy.partial ? [' ', tag('cite-unchecked', true)] : [])), ...(held.length ? held : [make('p', { className: 'hint' }, say('no-evidence'))]));
    if (gaps.length) {
      made.push(make('details', { className: 'gaps' }, make('summary', {}, say('gaps', { number: gaps.length })),
        make('ul', { className: 'plainlist' }, ...gaps.map(({ q }) => make('li', {}, make('a', { href: `#q${q}` }, ...heading(data.rows[q])))))));
    }
  });
  return made;
}

/** A sentence that speaks against a firm, and the cells it makes contrary. */
function contraryLine(f, [e, rows]) {
  const links = rows.flatMap((q, at) => [...(at ? [say('comma')] : []), cellLink({ q, f }, ...heading(data.rows[q]))]);
  return make('li', {}, glyphOf('c'), ' ', quoted(pack.texts[pack.quote[e]]), make('p', { className: 'meta' }, say('contrary-bears', { number: rows.length }), ...links));
}

/** A firm's results, each once, by the date of the figures or of the document. */
function resultsOf(pieces) {
  const dateOf = (e) => pack.texts[pack.asof[e]] || pack.documents[pack.document[e]]?.date || '';
  const results = new Map();
  for (const e of pieces) {
    const same = `${pack.document[e]} ${pack.quote[e]}`;
    if (pack.grade[e] === 1 && !results.has(same)) results.set(same, e);
  }
  const dated = [...results.values()].sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : a - b));
  if (!dated.length) return [];
  return [make('h4', {}, say('outcomes')), make('ol', { className: 'timeline' }, ...dated.map((e) => make('li', {},
    make('span', { className: 'when' }, pack.asof[e] ? say('as-of', { date: dateOf(e) }) : dateOf(e) || '—'), ' ', make('span', { lang: 'zh-CN' }, ...runsOf(e)))))];
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
  for (let e = 0; e < pack.document.length; e += 1) if (pack.document[e] === d) put(pack.start[e], pack.length[e], e);
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
    ...ordered.map((pieces) => make('div', { className: 'passage' }, make('p', { lang: 'zh-CN' }, ...runsOf(pieces[0])), make('ul', {}, ...pieces.map((e) => make('li', {}, ...noteOf(e)))))),
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
    ...(it.repairs ? [[say('document-repairs'), it.repairs.map((repair) => repair[language()]).join(say('comma'))]] : []),
  ];
  return [...originOf(d), ...told.flatMap((words) => [' · ', ...words])];
}

/** How many sentences of an article are marked, and with what. */
function countOf(article, marks) {
  const held = article.filter(([, start, length]) => marks.has(`${start} ${length}`)).length;
  const grades = new Map();
  for (const e of [...marks.values()].flat()) grades.set(GRADES[pack.grade[e]], (grades.get(GRADES[pack.grade[e]]) ?? 0) + 1);
  return make('p', { className: 'meta' }, say('document-marked', { marked: grouped(held), sentences: say('count-sentences', { number: grouped(article.length) }) }), say('colon'),
    ...['outcome', 'action', 'commitment', 'adverse'].filter((grade) => grades.has(grade)).flatMap((grade) => [make('span', { className: 'nowrap' }, `${say(`grade-${grade}`)} ${grouped(grades.get(grade))}`), ' ']));
}

function noteOf(e) {
  const [q, f] = [Math.floor(pack.keys[e] / COLUMNS), pack.keys[e] % COLUMNS];
  return [glyphOf(GRADE_LETTER[GRADES[pack.grade[e]]]), ' ', cellLink({ q, f }, make('bdi', {}, named(data.firms[f])), ` · ${data.rows[q].title[language()]}`), ' ', make('small', {}, `${say(`grade-${GRADES[pack.grade[e]]}`)} ${pack.percent[e]}%`)];
}

/** The whole text with its marks in place, as parts/documents.j2 draws it. */
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
    const best = ['adverse', 'outcome', 'action', 'commitment'].find((grade) => pieces.some((e) => GRADES[pack.grade[e]] === grade));
    const name = `${data.glyphs[GRADE_LETTER[best]]}${number}`;
    const own = pieces.filter((e) => pack.texts[pack.quote[e]] === words);
    text.append(make('span', { className: 'sent', id: `s${d}-${number}` }, ...(own.length ? runsOf(...own) : [words]), make('a', { className: 'ref', href: `#m${d}-${number}`, 'aria-label': `${say('mark-of')} ${name}` }, name)));
    para.classList.add('marked');
    para.append(make('ul', { className: 'notes', id: `m${d}-${number}` }, ...pieces.map((e, at) => make('li', {}, ...(at ? [] : [make('a', { className: 'ref', href: `#s${d}-${number}` }, name), ' ']), ...noteOf(e)))));
  }
  return made;
}
