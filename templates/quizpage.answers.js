// What an answer earns, as debatekit/quiz/answers.py and scoring.py have it; a test
// holds the two against each other. No lookbehind: older phones stop at it.

const QUIZ = JSON.parse(document.getElementById("quiz").textContent);
const SHORTEST = 4;
const LONG = 8;
const LETTERS = /[\p{L}\p{Nl}\p{No}]+/uy;
const FIGURE = /[-−]?\p{Nd}+(?:[.,:/]\p{Nd}+)*/uy;
const DIGITS = /\p{Nd}+/uy;
const SIGN = /[%$€£¥]/uy;
const IN_WORD = /[\p{L}\p{N}_]$/u;

/** How typed words stand to the accepted ones: "right", "near" or "wrong". */
function match(typed, accepted) {
  const given = folded(typed);
  if (!given.length) return "wrong";
  const wanted = accepted.map(folded);
  if (wanted.some((answer) => isSame(given, answer))) return "right";
  return wanted.some((answer) => isNear(given, answer)) ? "near" : "wrong";
}

function caseFolded(text) {
  return text.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ");
}

/** The words and figures of a text, without what makes no difference. */
function folded(text) {
  let plain = caseFolded(text).normalize("NFKD").replace(/\p{M}/gu, "");
  plain = caseFolded(plain);
  plain = plain.replace(/(\p{Nd}),(?=\p{Nd}{3}(?!\p{Nd}))/gu, "$1");
  plain = plain.replace(/['’`]/g, "");
  plain = plain.replace(/(^|[^\p{L}\p{N}_])per ?cent(?![\p{L}\p{N}_])/gu, "$1%");
  plain = plain.trim().replace(/^(?:the|an?)\s+(?=\S)/, "");
  const found = [];
  for (let at = 0; at < plain.length;) {
    const inWord = IN_WORD.test(plain.slice(0, at));
    const word = firstOf(plain, at, [LETTERS, inWord ? DIGITS : FIGURE, SIGN]);
    if (word) found.push(word.replace("−", "-"));
    at += word ? word.length : plain.codePointAt(at) > 0xffff ? 2 : 1;
  }
  return found;
}

function firstOf(text, place, patterns) {
  for (const pattern of patterns) {
    pattern.lastIndex = place;
    const found = pattern.exec(text);
    if (found) return found[0];
  }
  return "";
}

function hasFigure(word) {
  return /\p{Nd}/u.test(word);
}

function isSame(given, wanted) {
  if (given.length === wanted.length && given.every((word, n) => word === wanted[n])) {
    return true;
  }
  const figures = [...given, ...wanted].some(hasFigure);
  return !figures && given.join("") === wanted.join("");
}

function isNear(given, wanted) {
  if (given.length === wanted.length) {
    return given.every((word, n) => word === wanted[n] || isSlip(word, wanted[n]));
  }
  const both = [...given, ...wanted];
  if (both.some(hasFigure)) {
    const words = (text) =>
      text.filter((word) => /[\p{L}\p{N}_]/u.test(word)).join(" ");
    return words(given) === words(wanted);
  }
  if (both.some((word) => [...word].length < SHORTEST)) return false;
  return isSlip(given.join(""), wanted.join(""));
}

/** Whether a word is another one mistyped. */
function isSlip(typed, wanted) {
  const one = [...typed];
  const other = [...wanted];
  if (Math.min(one.length, other.length) < SHORTEST || hasFigure(typed + wanted)) {
    return false;
  }
  if (QUIZ.apart.some((group) => group.includes(typed) && group.includes(wanted))) {
    return false;
  }
  if (isTurned(one, other)) return false;
  return distance(one, other) <= (other.length >= LONG ? 2 : 1);
}

/** Whether a prefix alone tells two words apart, and turns the meaning round. */
function isTurned(one, other) {
  let shared = 0;
  const shortest = Math.min(one.length, other.length);
  while (
    shared < shortest &&
    one[one.length - 1 - shared] === other[other.length - 1 - shared]
  ) {
    shared += 1;
  }
  for (let end = 4; end <= shared; end += 1) {
    const starts = [one, other].map((word) =>
      word.slice(0, word.length - end).join(""),
    );
    if (starts.every((start) => QUIZ.prefixes.includes(start))) return true;
  }
  return false;
}

/** Letters added, left out, changed or swapped with the next (optimal alignment). */
function distance(one, other) {
  const rows = [other.map((_, n) => n), ...one.map(() => [])];
  rows[0].push(other.length);
  for (let i = 1; i <= one.length; i += 1) {
    rows[i][0] = i;
    for (let j = 1; j <= other.length; j += 1) {
      const change = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(
        rows[i - 1][j] + 1,
        rows[i][j - 1] + 1,
        rows[i - 1][j - 1] + change,
      );
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (i > 1 && j > 1 && swapped) least = Math.min(least, rows[i - 2][j - 2] + 1);
      rows[i][j] = least;
    }
  }
  return rows[one.length][other.length];
}

/** Points for a response: letters in the order asked, or typed words. */
function earned(entry, response, corrected) {
  const key = entry.letter;
  const points = entry.points;
  const letters = [...response];
  const pairs = (text) => new Set([...text].slice(1).map((x, n) => text[n] + x));
  switch (entry.type) {
    case "choice":
      return response === key ? points : 0;
    case "two-part":
      if (response === key + entry.second.letter) return points;
      return response[0] === key ? Math.floor(points / 2) : 0;
    case "multiple": {
      const right = letters.filter((letter) => key.includes(letter)).length;
      const gained = Math.max(0, right - (letters.length - right));
      return Math.floor((points * gained) / key.length);
    }
    case "matching": {
      const kept = letters.filter((letter, n) => letter === key[n]).length;
      return Math.floor((points * kept) / key.length);
    }
    case "ordering": {
      const right = pairs(key);
      const kept = [...pairs(response)].filter((pair) => right.has(pair)).length;
      return Math.floor((points * kept) / right.size);
    }
    case "true-false":
      if (response !== key) return 0;
      return key === "T" || corrected ? points : points - Math.floor(points / 2);
    case "cloze":
      return match(response, entry.answers) === "right" ? points : 0;
  }
  return 0;
}
