"use strict";
/* Ranks rows for a query, by the tables of search/portable.py. The order is that of search/rank.py
   for names and words. Three things are left out here: lines of code that a row holds as a whole,
   whether a call has arguments, and which spelling of a name has which capitals. */
function makeRanker(tables, most) {
  const rows = tables.calls.length;
  const sortedNames = Object.keys(tables.names).sort();
  const sortedWords = Object.keys(tables.words).sort();
  const [noise, modules, chores] = [tables.noise, tables.modules, tables.chores].map(list => new Set(list));
  const own = (table, key) => Object.hasOwn(table, key) ? table[key] : undefined;

  /* ---- words ---- */
  const emptyWords = /为什么|如何|怎么|怎样|什么|[的了吗呢吧把将请]/g;
  const squeeze = text => text.replace(/[_ .\-()[\]{},:;=+*\/%<>!?@&|^~#$'"`\\\t\r]/g, "").toLowerCase();

  const wordRuns =
    /(?<![A-Za-z0-9])[A-Za-z]\d(?![a-z0-9])|(?<![\d.])\d[dD](?![a-z0-9])|[A-Za-z]+|[^\x00-\x7f]+/g;
  function splitWords(text) {
    return (text.match(wordRuns) || []).flatMap(run => {
      if (/\d/.test(run)) return [run.toLowerCase()];
      if (/^[A-Za-z]/.test(run))
        return /[A-Z]/.test(run)
          ? run.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+/g).map(hump => hump.toLowerCase()) : [run];
      const parts = run.replace(emptyWords, " ").match(/[\p{L}\p{N}]+/gu) || [];
      return parts.flatMap(part => {
        const signs = [...part];
        return signs.length < 2 ? [part] : signs.slice(1).map((sign, at) => signs[at] + sign);
      });
    });
  }

  function shortened(word) {
    const ized = word.replace(/i[sz](?:e[drs]?|ers?|ing|ations?)$/, "iz");
    if (word.length > 6 && ized !== word) return ized;
    if (word.endsWith("ss")) return word;
    const ending = tables.endings.find(end => word.endsWith(end) && word.length - end.length >= 3);
    if (!ending) return word;
    const root = word.slice(0, word.length - ending.length), last = root.at(-1);
    if (root.length < 4) return root;
    return "ey".includes(last) || (last === root.at(-2) && !"ls".includes(last)) ? root.slice(0, -1) : root;
  }
  function stem(word) {
    const short = own(tables.roots, word) ?? shortened(word);
    return own(tables.roots, short) ?? short;
  }

  function* beginningWith(text, ordered) {
    let low = 0, high = ordered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ordered[middle] < text) low = middle + 1; else high = middle;
    }
    for (; low < ordered.length && ordered[low].startsWith(text); low++) yield ordered[low];
  }

  /* Slips of the fingers: letters left out, doubled, changed, or swapped with the next. */
  function slips(a, b, most) {
    let [older, old, now] = [[], [...Array(b.length + 1).keys()], []];
    for (let i = 1; i <= a.length; i++) {
      now = [i];
      for (let j = 1; j <= b.length; j++) {
        now[j] = Math.min(old[j] + 1, now[j - 1] + 1, old[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          now[j] = Math.min(now[j], older[j - 2] + 1);
      }
      if (Math.min(...now) > most) return Infinity;
      [older, old] = [old, now];
    }
    return old[b.length];
  }
  function near(text, candidates) {
    const found = [];
    if (text.length < 4) return found;
    for (const word of candidates) {
      const longest = Math.max(text.length, word.length);
      if (Math.min(text.length, word.length) < 0.71 * longest) continue;
      const like = 1 - slips(text, word, 0.29 * longest) / longest;
      if (like >= 0.71) found.push([word, like]);
    }
    found.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return found.slice(0, 24).filter(([word, like]) => word[0] === text[0] || like > 0.8);
  }

  /* ---- a query taken apart: names with their paths, how deep in parentheses, and words ---- */
  function namesIn(code) {
    const names = [], words = [];
    let depth = 0, defines = false;
    const deepen = start => { for (const name of names.slice(start)) name.depth++; };
    const lexeme = /("[^"\n]*"|'[^'\n]*')|(\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:(\(\s*\))|(\())?((?==(?!=)))?|([(\[{])|([)\]}])|([=!<>]=)/g;
    for (const [, string, chain, bare, call, set, , close] of code.matchAll(lexeme)) {
      if (chain) {
        if (chain[0] === "." && !chores.has(chain.slice(1))) {
          const last = names.findLastIndex(name => name.depth === depth);
          if (last >= 0 && !names[last].makes) deepen(last);
        }
        const called = Boolean(bare || call);
        if ((called || chain.includes(".")) && !defines) names.push(...ofChain(chain, called, depth));
        else if (depth && chain.includes("_") && set !== undefined) names.push(makeName([chain], false, depth));
        else if (!keywords.has(chain)) words.push(chain);
        if (call) depth++;
        defines = chain === "class" || chain === "def";
      } else if (string) {
        const inner = string.slice(1, -1);
        if (/^[A-Za-z_]\w*$/.test(inner)) names.push(makeName([inner], false, depth + 1));
        else words.push(inner);
      } else if (close) depth = Math.max(0, depth - 1);
      else depth++;
    }
    if (code.startsWith("with ")) deepen(0);
    return [names, words];
  }
  const keywords = new Set(("False None True and as assert async await break class continue def del elif else except "
    + "finally for from global if import in is lambda nonlocal not or pass raise return try while with yield").split(" "));
  const makeName = (path, called, depth) =>
    ({path, called, depth, tail: path.at(-1), makes: called && /^[A-Z]/.test(path.at(-1))});
  function ofChain(chain, called, depth) {
    const parts = chain.split(".").filter(Boolean), last = parts.at(-1);
    const ofClass = /^[A-Z]/.test(chain) || (/^[A-Z]/.test(last) && last.length > 1);
    if (parts.length === 1 || modules.has(parts[0].toLowerCase()) || ofClass) return [makeName(parts, called, depth)];
    const inner = parts.slice(1, -1).map(part => makeName([part], false, depth + 1));
    return [...inner, makeName(parts.length === 2 ? parts : parts.slice(-1), called, depth)];
  }

  function isProse(text) {
    if (/^[\w., ]+\s[-+*\/]?=\s/.test(text)) return false;
    return text.split(/\s+/).filter(word => /^\p{L}{2,}$/u.test(word) && !keywords.has(word)).length > 1;
  }
  /* The name on which a line of code is built: not what it is assigned to. */
  function outermost(text, names) {
    const target = text.match(/^[\w., ]+\s[-+*\/]?=\s/), targets = target ? namesIn(target[0])[0].map(name => name.path.join(".")) : [];
    const own = names.filter(name => !(chores.has(name.tail) && name.path.length === 1) && !targets.includes(name.path.join(".")));
    const telling = own.length ? own : names, least = Math.min(...telling.map(name => name.depth));
    const found = new Map(telling.filter(name => name.depth === least).map(name => [name.tail, name]));
    return found.size === 1 ? [...found.values()][0] : null;
  }
  function parse(given) {
    const text = given.slice(0, 400).trim();
    const isCode = /[A-Za-z_]\w*\(|[\w)\]]\.[A-Za-z_]|[=\[]|_\b/.test(text) && !isProse(text);
    let [names, rest] = namesIn(text);
    const joined = rest.filter(word => /[a-z0-9]_+[a-z0-9]|_$|[a-z][A-Z]/.test(word));
    if (!(isCode && names.length)) {
      names = names.concat(joined.map(word => makeName([word], false, 0)));
      rest = rest.filter(word => !joined.includes(word));
    }
    if (!isCode) for (const name of names) name.depth = 0;
    const signs = [["@", "matmul"], ["%", "modulo"]].filter(([sign]) => text.includes(sign)).map(pair => pair[1]);
    const numbered = isCode ? [] : text.match(/(?<![A-Za-z0-9.])\d[dD](?![A-Za-z0-9])/g) || [];
    const plain = [...rest, ...(text.match(/[^\x00-\x7f]+/g) || []), ...numbered, ...signs];
    const words = plain.flatMap(splitWords);
    const telling = plain.filter(word => !noise.has(word.toLowerCase()));
    let only = null;
    if (names.length === 1 && (isCode || !telling.length)) only = names[0].tail;
    else if (!names.length && telling.length < 2) only = telling[0] || text || null;
    const whole = new Set([only || "", ...names.map(name => name.path.join(""))].map(squeeze));
    return {text, names, words, joined, only, isCode, saysMore: !whole.has(squeeze(text)), subject: isCode ? outermost(text, names) : null,
      telling: words.filter(word => !noise.has(word) && word.length > 1)};
  }

  /* ---- what points to which rows: maps from row to 0..100 ---- */
  const rarity = holders => Math.log(1 + (rows + 1) / Math.max(1, holders)) / Math.log(2 + rows);
  const raise = (scores, row, score) => { if (score > (scores.get(row) ?? 0)) scores.set(row, score); };
  const fill = (scores, more) => { for (const [row, score] of more) raise(scores, row, score); return scores; };
  function* held(key) {
    const flat = own(tables.names, key) || [];
    for (let at = 0; at < flat.length; at += 3) yield [flat[at], flat[at + 1] / 100, flat[at + 2] === 1];
  }

  /* Of public names, what a path of two parts or more may end in. */
  const bySuffix = new Map();
  for (const name of Object.keys(tables.answers)) {
    const parts = name.split(".");
    for (let at = parts.length - 2; at >= 0; at--) {
      const suffix = parts.slice(at).join(".");
      if (!bySuffix.has(suffix)) bySuffix.set(suffix, name);
    }
  }
  const heads = {f: ["functional", "nd", "npx"], mx: ["mxnet"], th: ["torch"], sym: ["nd"], symbol: ["nd"],
    ndarray: ["nd"], initializer: ["init"]};
  function answersOf(name) {
    const [head, ...others] = name.path;
    if (!others.length) return own(tables.answers, head);
    const known = modules.has(head.toLowerCase()) || /^[A-Z]/.test(head);
    const starts = known ? [head, ...(own(heads, head.toLowerCase()) || [])] : others.length > 1 ? [] : ["Tensor", "NDArray"];
    for (const start of starts) {
      const full = bySuffix.get([start, ...others].join("."));
      if (full) return tables.answers[full];
    }
    return known ? undefined : own(tables.answers, name.tail);
  }

  function ofName(name) {
    const found = new Map(), exact = new Set();
    for (const [row, base, isPhrase] of held(squeeze(name.tail))) {
      raise(found, row, isPhrase || name.path.length < 2 ? base : base - 1);
      if (!isPhrase) exact.add(row);
    }
    (answersOf(name) || []).forEach((row, place) => {
      found.set(row, (place || !exact.has(row) ? 97.9 : 99) - 0.1 * place);
      if (!place) exact.add(row);
    });
    return [found, exact];
  }
  function guessed(keys, phrases) {
    const found = new Map();
    for (const [key, score] of keys)
      for (const [row, base, isPhrase] of held(key))
        if (phrases || !isPhrase) raise(found, row, score - (96 - base) / 2);
    return found;
  }
  function ofPart(text, phrases) {
    const typed = squeeze(text), share = 28 * typed.length;
    if (!typed) return new Map();
    const begun = [...beginningWith(typed, sortedNames)].map(key => [key, 60 + share / key.length]);
    const found = guessed(begun, phrases);
    if (typed.length > 3) {
      const within = sortedNames.filter(key => key.includes(typed)).map(key => [key, 45 + share / key.length]);
      fill(found, guessed(within, false));
    }
    return found;
  }
  const ofSlip = (text, phrases) =>
    guessed(near(squeeze(text), sortedNames).map(([key, like]) => [key, 90 * like]), phrases);

  function holders(root) {
    const flat = own(tables.words, root) || [], found = [];
    for (let at = 0; at < flat.length; at += 2) for (const row of flat[at + 1]) found.push([row, flat[at]]);
    return found;
  }
  function ofWord(word, guess) {
    const root = stem(word), found = new Map();
    for (const [row, weight] of holders(root)) raise(found, row, 100 * weight);
    for (const [row, base] of held(word)) raise(found, row, base);
    if (found.size) return found;
    if (root.length > 2) {
      for (const row of own(tables.notes, root) || []) found.set(row, 70);
      if (found.size) return found;
    }
    if (!guess || root.length < 3) return found;
    const guesses = [...beginningWith(root, sortedWords)].map(other => [other, 0.8]);
    for (const [other, like] of guesses.length ? guesses : near(root, sortedWords))
      for (const [row, weight] of holders(other)) raise(found, row, 90 * like * weight);
    return found;
  }

  /* Evidence with its weight, as [weight, map]. */
  function nameItem(name, code) {
    const [found, exact] = ofName(name);
    const subject = [...exact].some(row => found.get(row) >= 93);
    const sure = [...found.values()].filter(score => score > 98).length;
    if (sure) for (const [row, score] of found) if (score <= 98) found.set(row, score * 0.8);
    return [shareOf(name) * (code && !subject ? 0.2 : 1) * rarity(sure || found.size), found];
  }
  const shareOf = name =>
    0.3 ** name.depth * (chores.has(name.tail) && name.path.length === 1 ? 0.1 : 1);
  function spelledItems(name) {
    if (name.path.length > 1 && modules.has(name.path[0].toLowerCase())) return [[0.5, new Map()]];
    return splitWords(name.tail).map(word => wordItem(word, true)).map(([weight, found]) => [shareOf(name) * weight, found]);
  }
  function wordItem(word, guess) {
    const found = ofWord(word, guess), all = [...found.values()];
    const weight = all.length ? Math.max(...all) / 100 * rarity(all.reduce((a, b) => a + b) / 100) : 0.5;
    return [weight * (all.length || /^[\x00-\x7f]*$/.test(word) ? 1 : 0.2), found];
  }
  /* Less weight for two characters of Chinese that seem to be of two words. */
  function wordItems(words) {
    const items = words.map(word => wordItem(word, true));
    const isAcross = at => words[at] > "\x7f" && items[at][1].size > 0 && [at - 1, at + 1].some(
      near => words[near] > "\x7f" && items[near][1].size > 2 * items[at][1].size);
    return items.map(([weight, found], at) => [weight * (isAcross(at) ? 0.2 : 1), found]);
  }
  function joinedItems(words) {
    const items = [], inside = new Set();
    for (const size of [3, 2])
      for (let at = 0; at + size <= words.length; at++) {
        const span = Array.from({length: size}, (_, step) => at + step);
        if (span.every(place => inside.has(place)) || span.some(place => words[place] === "a")) continue;
        const found = new Map();
        for (const [row, , isPhrase] of held(words.slice(at, at + size).join(""))) if (!isPhrase) found.set(row, 96);
        if (found.size) { items.push([rarity(found.size), found]); span.forEach(place => inside.add(place)); }
      }
    return items;
  }
  function mean(items) {
    const total = items.reduce((sum, [weight]) => sum + weight, 0), summed = new Map();
    for (const [weight, found] of items)
      for (const [row, score] of found) summed.set(row, (summed.get(row) ?? 0) + weight * score / total);
    return summed;
  }
  const known = items => items.filter(([, found]) => found.size);
  const blend = (main, other, share) =>
    new Map([...main].map(([row, score]) => [row, 0.9 * ((1 - share) * score + share * (other.get(row) ?? 0))]));

  const noisy = new Set([...noise].map(stem));
  function weightOf(root) {
    return rarity(holders(root).reduce((sum, [, weight]) => sum + weight, 0)) * (noisy.has(root) ? 0.1 : 1);
  }
  function byPhrase(asked, covered) {
    const said = new Map();
    for (const word of [...asked.words, ...asked.names.flatMap(name => splitWords(name.tail))]) said.set(stem(word), weightOf(stem(word)));
    const weight = [...said.values()].reduce((a, b) => a + b, 0), found = new Map();
    for (const [row] of [...covered].sort((a, b) => b[1] - a[1]).slice(0, 24))
      for (const phrase of tables.phrases[row]) {
        const roots = phrase.map(number => sortedWords[number]);
        const shared = roots.reduce((sum, root) => sum + (said.get(root) ?? 0), 0);
        if (shared) raise(found, row, 200 * shared / (weight + roots.reduce((sum, root) => sum + weightOf(root), 0)));
      }
    return found;
  }
  function byCoverage(asked) {
    const items = asked.names.map(name => [name, nameItem(name, asked.isCode)]);
    const named = known(items.map(pair => pair[1])).map(([weight, found]) => [3 * weight, found]);
    named.push(...joinedItems(asked.words));
    const worded = wordItems(asked.telling);
    for (const [name, [, found]] of items) if (!found.size) worded.push(...spelledItems(name));
    if (asked.isCode && named.length) {
      named.push(...known(asked.joined.map(word => nameItem(makeName([word], false, 1), true))));
      return blend(mean(named), mean(known(worded)), 0.04);
    }
    const all = [...named, ...worded], covered = mean(all);
    const scores = blend(covered, byPhrase(asked, covered), 0.3);
    if (all.length < 2) return scores;
    const times = row => all.filter(([, found]) => found.has(row)).length;
    return new Map([...scores].filter(([row]) => covered.get(row) >= 50 || times(row) > 1));
  }

  function exactly(asked) {
    const scores = new Map(), exact = new Set();
    const singles = [[makeName([asked.text], false, 0), 0]];
    if (asked.only !== null)
      singles.push([asked.names[0] || makeName([asked.only], false, 0), asked.saysMore ? (asked.isCode ? 1 : 6) : 0]);
    for (const [name, loss] of singles) {
      const [found, spelled] = ofName(name);
      for (const [row, score] of found) raise(scores, row, score - loss);
      if (asked.isCode || !loss) spelled.forEach(row => exact.add(row));
    }
    const answers = asked.subject && asked.only === null ? answersOf(asked.subject) : null;
    if (answers)
      for (const [row, score] of ofName(asked.subject)[0]) if (answers.includes(row)) raise(scores, row, 91 + (score - 98) / 2);
    if (asked.isCode) {
      const highest = Math.max(0, ...scores.values());
      const equals = [...scores].filter(([, score]) => score > highest - 2);
      const others = mean(asked.telling.map(word => wordItem(word, false)));
      if (equals.length > 1) for (const [row, score] of equals) scores.set(row, score + (others.get(row) ?? 0) / 50);
    }
    return [scores, exact];
  }
  function loosely(asked, certain) {
    if (asked.only === null) return byCoverage(asked);
    const phrases = !asked.names.some(name => name.path.length > 1);
    const found = ofPart(asked.only, phrases);
    if (certain) return found;
    fill(found, byCoverage(asked));
    const slipped = ofSlip(asked.only, phrases);
    for (const [row, score] of slipped) if (found.has(row)) found.set(row, found.get(row) + 3 * score / 100);
    return Math.max(0, ...found.values()) < 85 ? fill(found, slipped) : found;
  }

  /* Numbers of the rows that fit, best first, and whether the first is an answer, no guess; no rows
     for a text that means nothing here. */
  return function rank(query) {
    const asked = parse(query);
    if (!asked.text) return {rows: [], sure: false};
    const [scores, exact] = exactly(asked);
    if (exact.size < most) fill(scores, loosely(asked, exact.size > 0));
    const fitting = [...scores]
      .map(([row, score]) => [row, Math.min(100, Math.round(100 * score) / 100)])
      .filter(([, score]) => score >= 30)
      .sort((a, b) => b[1] - a[1] || tables.calls[b[0]] - tables.calls[a[0]] || a[0] - b[0])
      .slice(0, most);
    const sure = fitting.slice(0, 1).some(([row, score]) => exact.has(row) || score >= 90);
    return {rows: fitting.map(([row]) => row), sure};
  };
}
