// The result as a file, as debatekit/quiz/result.py reads it, signature and all. The
// hash is written out: browsers keep theirs from pages opened from a plain server.

const ROUND = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const INITIAL = primes(8).map((prime) => fraction(Math.sqrt(prime)));

function primes(count) {
  const found = [];
  for (let n = 2; found.length < count; n += 1) {
    if (found.every((prime) => n % prime)) found.push(n);
  }
  return found;
}

/** The first 32 bits of what stands after the point. */
function fraction(number) {
  return ((number - Math.floor(number)) * 2 ** 32) | 0;
}

function turned(word, bits) {
  return (word >>> bits) | (word << (32 - bits));
}

/** SHA-256 of bytes, as bytes. */
function sha256(bytes) {
  const size = (((bytes.length + 8) >> 6) + 1) << 6;
  const padded = new Uint8Array(size);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(size - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(size - 4, bytes.length << 3);
  const hash = [...INITIAL];
  const words = new Int32Array(64);
  for (let start = 0; start < size; start += 64) {
    for (let n = 0; n < 16; n += 1) words[n] = view.getInt32(start + 4 * n);
    for (let n = 16; n < 64; n += 1) {
      const [a, b] = [words[n - 15], words[n - 2]];
      const low = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
      const high = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
      words[n] = words[n - 16] + low + words[n - 7] + high;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let n = 0; n < 64; n += 1) {
      const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const one = (h + high + ((e & f) ^ (~e & g)) + ROUND[n] + words[n]) | 0;
      const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, n) => {
      hash[n] = (hash[n] + word) | 0;
    });
  }
  const out = new DataView(new ArrayBuffer(32));
  hash.forEach((word, n) => out.setInt32(4 * n, word));
  return new Uint8Array(out.buffer);
}

/** HMAC-SHA256 as hexadecimal; the key is shorter than a block. */
function hmac(key, text) {
  const encode = new TextEncoder();
  const block = new Uint8Array(64);
  block.set(encode.encode(key));
  const mixed = (byte, rest) =>
    new Uint8Array([...block.map((x) => x ^ byte), ...rest]);
  const inner = sha256(mixed(0x36, encode.encode(text)));
  const bytes = [...sha256(mixed(0x5c, inner))];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** JSON with sorted fields, no spaces and only ASCII: what is signed. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `"${name}":${canonical(value[name])}`).join(",")}}`;
  }
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The student's own judgement, where only a person can score an answer. */
function ownScore(entry, event) {
  if (entry.type === "written") return event.letter;
  const corrected = entry.type === "true-false" && event.letter === "F";
  const slip = entry.type === "cloze" && match(event.text, entry.answers) === "near";
  if (!slip && !(corrected && entry.letter === "F")) return "";
  return event.right ? "y" : "n";
}

function row(item, event) {
  const entry = QUIZ.key[item.id];
  const told = event || { letter: "", text: "", points: 0, seconds: 0 };
  return {
    id: item.id,
    order: entry.order,
    letters: item.type === "written" ? "" : told.letter,
    text: told.text,
    own: event ? ownScore(entry, event) : "",
    points: told.points,
    of: item.points,
    seconds: told.seconds,
    sure: told.sure || "",
    hints: told.hints || 0,
  };
}

/** What is saved for the teacher or oneself: the responses, not the questions. */
function result(name) {
  const { first } = replayed(state.events);
  const items = ITEMS.map((item) => row(item, first.get(item.id)));
  const data = {
    format: "debatekit-result",
    version: 1,
    kind: "practice",
    note: "Made by a page that holds its own key: this shows practice, not proof.",
    kit: QUIZ.kit.id,
    kit_version: QUIZ.kit.version,
    form: QUIZ.form.code,
    seed: QUIZ.seed,
    name,
    started: state.begun,
    finished: state.ended,
    minutes: 0,
    interrupted: state.resumed,
    items,
    points: items.reduce((sum, one) => sum + one.points, 0),
    of: items.reduce((sum, one) => sum + one.of, 0),
  };
  return { ...data, signature: hmac(data.form, canonical(data)) };
}
