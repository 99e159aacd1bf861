// Evidence drawn from the packed data as parts/evidence.j2 draws it: cells, a firm's sheet, a document's sheet.
const KINDS = ['signal', 'attribution', 'grade'];
const GRADE_LETTER = { outcome: 'o', action: 'a', commitment: 's', adverse: 'c' };
const quoted = (words) => make('q', { lang: 'zh-CN' }, words);
const tag = (key, early = false) => make('span', { className: early ? 'tag early' : 'tag' }, say(key));
const glyphOf = (letter) => make('span', { className: `sign ${letter}`, 'aria-hidden': 'true' }, data.glyphs[letter]);

/** The quote of a piece, its marked words as elements. */
function runsOf(e) {
  const text = pack.texts[pack.quote[e]];
  const made = [];
  for (let at = pack.runFrom[e], from = 0; at < pack.runFrom[e + 1]; at += 1) {
    const words = text.slice(from, from + (pack.run[at] >> 3));
    const kinds = KINDS.filter((_, bit) => pack.run[at] & (1 << bit));
    made.push(kinds.length ? make('mark', { className: kinds.join(' ') }, words) : words);
    from += words.length;
  }
  return made;
}

/** Title, publisher, date and place of a source. */
function sourceOf(document, start, end) {
  const [publisher, inferred, date, basis] = pack.documents[document] ?? ['', false, '', 'unknown'];
  const title = make('bdi', {}, data.documents[document]?.name ?? '');
  const note = (key) => make('span', { className: 'basis' }, `(${say(key)})`);
  return [
    document in data.documents ? make('a', { href: `#d${document}`, lang: 'zh-CN' }, title) : title, ' · ',
    ...(publisher ? [make('bdi', { lang: 'zh-CN' }, publisher), ...(inferred ? [' ', note('by-inferred')] : [])] : [say('publisher-unknown')]), ' · ',
    ...(date ? [make('time', { dateTime: date }, date), ' ', note(`date-${basis}`)] : [say('date-unknown')]), ' · ',
    say('where', { start, end }),
  ];
}

function piece(e) {
  const grade = GRADES[pack.grade[e]];
  const around = (text) => (text ? [make('span', { className: 'around' }, pack.texts[text])] : []);
  const start = pack.start[e];
  const source = sourceOf(pack.document[e], start, start + pack.length[e]);
  if (pack.page[e]) source.push(' · ', say('page-number', { page: pack.page[e] }));
  if (pack.spot[e]) source.push(' · ', pack.texts[(language() ? pack.spot_en : pack.spot)[e]]);
  if (pack.section[e]) source.push(' · ', make('span', { lang: 'zh-CN' }, say('section', { section: pack.texts[pack.section[e]] })));
  if (pack.unit[e]) source.push(' · ', say('acting-as', { unit: pack.texts[pack.unit[e]] }));
  const why = Array.from(pack.reason.subarray(pack.whyFrom[e], pack.whyFrom[e + 1]), (number) => {
    const [kind, zh, en, ...words] = pack.reasons[number];
    return make('div', {}, make('dt', { className: kind }, say(`why-${kind}`)), make('dd', {}, language() ? en : zh, ...words.flatMap((word) => [' ', quoted(word)])));
  });
  const copies = pack.copies[e];
  return make('article', { className: `ev g-${grade}` },
    make('p', { className: 'evhead' }, make('span', { className: 'grade' }, say(`grade-${grade}`)), ' ',
      make('span', { className: 'score' }, say('score-of', { percent: pack.percent[e] })), ' ',
      pack.when[e] === 2 ? tag('evidence-predates', true) : tag(pack.when[e] === 4 ? 'evidence-undated' : 'evidence-after'),
      ...(pack.voluntary[e] ? [' ', tag('voluntary')] : [])),
    make('blockquote', { lang: 'zh-CN' }, ...around(pack.before[e]), make('span', { className: 'q' }, ...runsOf(e)), ...around(pack.after[e])),
    make('p', { className: 'src' }, ...source),
    make('dl', { className: 'why' }, ...why),
    ...(copies ? [make('details', { className: 'copies' }, make('summary', {}, say('copies', { number: copies.length })), make('ul', {}, ...copies.map((place) => make('li', {}, ...sourceOf(...place)))))] : []));
}

function isOld(pieces) {
  return pieces.length > 0 && pieces.every((e) => pack.when[e] === 2);
}

/** The evidence of a cell as a section, or nothing where there is none. */
function evidenceOf(place, titled = false) {
  const pieces = piecesOf(place);
  if (!pieces.length) return null;
  const row = data.rows[place.q];
  const level = levelOf(place.q, place.f);
  const lead = titled ? [make('b', {}, say(`level-${level}`)), ' · '] : [];
  return make('section', { className: 'cell' },
    ...(titled ? [make('h5', {}, glyphOf(letterOf(place.q, place.f)), ' ', make('a', { href: `#q${place.q}` }, make('span', { className: 'clause', lang: 'zh-CN' }, row.clause), ' ', row.title[language()]))] : []),
    make('p', { className: 'state' }, ...lead, `${say('pieces', { number: pieces.length })} · ${say('cell-score', { percent: pack.scores[place.q * COLUMNS + place.f] })}`,
      ...(isVoluntary(place.q, place.f) ? [' ', tag('voluntary')] : []), ...(isOld(pieces) ? [' ', tag('level-predates', true)] : [])),
    ...pieces.map(piece),
    make('p', { className: 'next' }, say(`next-${GRADES[pack.grade[pieces[0]]]}`)));
}

/** The sheet of one firm, requirement or document; a firm's and a document's are drawn when they are asked for. */
function sheetOf(view, at) {
  if (view === 'requirements') return document.getElementById(`q${at}`);
  const sheet = document.getElementById(`sheet-${view}`);
  sheet.hidden = false;
  sheet.replaceChildren(make('h3', { id: `sheet-${view}-h` }, make('bdi', {}, named((view === 'firms' ? data.firms : data.documents)[at]))));
  if (pack) sheet.append(...(view === 'firms' ? firmSheet(at) : documentSheet(at)));
  return sheet;
}

function firmSheet(f) {
  const [evidence, documents, evidenced, addressed] = pack.firms[f];
  const made = [make('p', {}, `${say(`kind-${data.firms[f].kind}`)} · ${say('col-coverage')}${say('colon')}${evidenced}/${addressed} · ${say('material', { evidence: say('pieces', { number: evidence }), documents: say('count-documents', { number: documents }) })}`)];
  const cells = data.rows.map((_, q) => ({ q, f }));
  const dateOf = (e) => pack.texts[pack.asof[e]] || pack.documents[pack.document[e]]?.[2] || '';
  const results = new Map();
  for (const e of cells.flatMap(piecesOf)) {
    const same = `${pack.document[e]} ${pack.quote[e]}`;
    if (pack.grade[e] === 1 && !results.has(same)) results.set(same, e);
  }
  const dated = [...results.values()].sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : a - b));
  if (dated.length) {
    made.push(make('h4', {}, say('outcomes')), make('ol', { className: 'timeline' }, ...dated.map((e) => make('li', {},
      make('span', { className: 'when' }, pack.asof[e] ? say('as-of', { date: dateOf(e) }) : dateOf(e) || '—'), ' ', make('span', { lang: 'zh-CN' }, ...runsOf(e))))));
  }
  data.policies.forEach((policy, p) => {
    const mine = cells.filter(({ q }) => data.rows[q].policy === p);
    const held = mine.map((place) => evidenceOf(place, true)).filter(Boolean);
    const gaps = mine.filter(({ q }) => levelOf(q, f) === 'none');
    made.push(make('h4', {}, policy.name[language()], ...(policy.partial ? [' ', tag('cite-unchecked', true)] : [])), ...(held.length ? held : [make('p', { className: 'hint' }, say('no-evidence'))]));
    if (gaps.length) {
      made.push(make('details', { className: 'gaps' }, make('summary', {}, say('gaps', { number: gaps.length })),
        make('ul', { className: 'plainlist' }, ...gaps.map(({ q }) => make('li', {}, make('a', { href: `#q${q}` }, `${data.rows[q].clause} ${data.rows[q].title[language()]}`))))));
    }
  });
  return made;
}

function documentSheet(d) {
  const passages = new Map();
  for (let e = 0; e < pack.document.length; e += 1) {
    if (pack.document[e] !== d) continue;
    const place = `${pack.start[e]} ${pack.length[e]}`;
    passages.set(place, [...(passages.get(place) ?? []), e]);
  }
  const ordered = [...passages.values()].sort(([a], [b]) => pack.start[a] - pack.start[b] || pack.length[a] - pack.length[b]);
  const [publisher, , date] = pack.documents[d];
  return [
    make('p', { className: 'meta' }, `${publisher || say('publisher-unknown')} · ${date || say('date-unknown')}`),
    ...ordered.map((pieces) => make('div', { className: 'passage' }, make('p', { lang: 'zh-CN' }, ...runsOf(pieces[0])), make('ul', {}, ...pieces.map((e) => {
      const [q, f] = [Math.floor(pack.keys[e] / COLUMNS), pack.keys[e] % COLUMNS];
      return make('li', {}, glyphOf(GRADE_LETTER[GRADES[pack.grade[e]]]), ' ', make('a', { href: '#matrix', 'data-cell': `${f}-${q}` }, make('bdi', {}, named(data.firms[f])), ` · ${data.rows[q].title[language()]}`), ' ',
        make('small', {}, `${say(`grade-${GRADES[pack.grade[e]]}`)} ${pack.percent[e]}%`));
    })))),
  ];
}
