// What is said of an answer: why, how it was, and the words that prove it.

function verdict(how, text) {
  return el(
    "p",
    { class: "verdict" },
    el("span", { "aria-hidden": "true" }, `${MARKS[how]} `),
    el("b", {}, voiced(text)),
  );
}

/** Why, then how it was, then the words that prove it and where they stand. */
function feedback(item, entry, event) {
  const made = [el("h3", {}, "Why")];
  if (entry.guide) {
    made.push(
      verdict(
        event.right ? "right" : event.points ? "part" : "wrong",
        `You gave yourself ${event.points} of ${item.points} points.`,
      ),
    );
  } else {
    made.push(...EXPLAIN[entry.type](entry, event));
    if (item.points > 1) made.push(para(`${event.points} of ${item.points} points.`));
  }
  for (const proof of entry.proofs) {
    made.push(
      el(
        "blockquote",
        { class: "proof" },
        para(
          el("b", {}, "Proof: "),
          proof.quoted ? quoted(proof.words) : voiced(proof.words),
        ),
        el("p", { class: "cite" }, proof.cite),
      ),
    );
  }
  return made;
}

function chosenOne(name, part, letter, options) {
  const chosen = options.find((option) => option.letter === letter);
  const right = options.find((option) => option.right);
  tag(name, right.letter, letter);
  if (chosen.right) {
    return [para(part, voiced(right.why)), verdict("right", `Right: ${letter}.`)];
  }
  return [
    para(part, voiced(chosen.why)),
    verdict("wrong", `Wrong: you chose ${letter}. The answer is ${right.letter}.`),
    para(voiced(right.why)),
  ];
}

/** Say at the options themselves which was chosen and which is right. */
function tag(name, right, chosen) {
  for (const label of asked.form.querySelectorAll(
    `[data-part="${name}"] [data-letter]`,
  )) {
    const { letter } = label.dataset;
    const said = [];
    if (right.includes(letter)) said.push(`${MARKS.right} right`);
    if (chosen.includes(letter))
      said.push(right.includes(letter) ? "your answer" : `${MARKS.wrong} your answer`);
    if (said.length) label.append(el("span", { class: "tag" }, said.join(", ")));
  }
}

function whys(rows) {
  return el(
    "ul",
    {},
    rows.map(([start, why]) => el("li", {}, el("b", {}, start), " ", voiced(why))),
  );
}

function partly(event, good, other) {
  if (event.right) return verdict("right", good);
  return verdict(event.points ? "part" : "wrong", other);
}

const EXPLAIN = {
  choice: (entry, event) => chosenOne("a", "", event.letter, entry.options),
  "two-part": (entry, event) => [
    ...chosenOne("a", "Part A: ", event.letter[0], entry.options),
    ...chosenOne("b", "Part B: ", event.letter[1], entry.second.options),
  ],
  multiple(entry, event) {
    tag("a", entry.letter, event.letter);
    const told = entry.options.filter(
      (one) => one.right || event.letter.includes(one.letter),
    );
    const chosen = [...event.letter].join(", ");
    return [
      whys(
        told.map((one) => [
          `${one.letter}, ${one.right ? "right" : "wrong"}:`,
          one.why,
        ]),
      ),
      partly(
        event,
        `Right: ${chosen}.`,
        `Not all right: you chose ${chosen}. The answer is ${entry.answer}.`,
      ),
    ];
  },
  matching(entry, event) {
    const told = new Map(entry.options.map((one) => [one.letter, one.why]));
    const rows = [...entry.letter].map((letter, n) => {
      const word = event.letter[n] === letter ? "right" : `not ${event.letter[n]}`;
      return [`${n + 1} is ${letter}, ${word}:`, told.get(letter)];
    });
    const over = entry.options.filter((one) => !one.right);
    return [
      whys([...rows, ...over.map((one) => [`${one.letter} is left over:`, one.why])]),
      partly(
        event,
        "Right, all of them.",
        `Not all right. The answer is ${entry.answer}.`,
      ),
    ];
  },
  ordering(entry, event) {
    const told = new Map(entry.options.map((one) => [one.letter, one.why]));
    const yours = [...event.letter].join(" ");
    return [
      whys([...entry.letter].map((letter) => [`${letter}:`, told.get(letter)])),
      partly(
        event,
        `Right: ${entry.answer}.`,
        `Not all right: you put ${yours}. The order is ${entry.answer}.`,
      ),
    ];
  },
  "true-false"(entry, event) {
    tag("a", entry.letter, event.letter);
    const seen = event.letter === entry.letter;
    const made = [
      para(voiced(entry.why)),
      verdict(
        seen ? "right" : "wrong",
        `${seen ? "Right" : "Wrong"}: the statement is ${entry.answer}.`,
      ),
    ];
    if (entry.correction)
      made.push(para(el("b", {}, "A right correction: "), voiced(entry.correction)));
    return made;
  },
  cloze(entry, event) {
    const made = [para(voiced(entry.why))];
    if (event.right) made.push(verdict("right", `Right: ${entry.answer}.`));
    else
      made.push(
        verdict(
          "wrong",
          `Wrong: you typed ‘${event.text}’. The answer is ${entry.answer}.`,
        ),
      );
    if (entry.answers.length > 1)
      made.push(para(`Right too: ${entry.answers.slice(1).join(", ")}.`));
    return made;
  },
};
