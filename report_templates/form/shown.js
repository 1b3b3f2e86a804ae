// What the form shows, and what becomes of a change.
const say = (text) => {
  if (byId("status").textContent !== text) byId("status").textContent = text;
};
const show = () => {
  const open = questions.filter((question) => !answerOf(question));
  const done = questions.length - open.length;
  byId("progress").value = done;
  byId("said").textContent = filled(words.so_far, { done, count: questions.length });
  byId("agreement").hidden = !value("role");
  byId("again").hidden = !again || value("shown-alone") !== "";
  if (whose.since) say(filled(words.since, { file: whose.file }));
  byId("next").hidden = false;
  byId("next").textContent = open.length ? words.next : words.end;
  byId("next").href = open.length ? "#" + open[0].id : "#end";
  for (const question of questions) {
    const answer = answerOf(question);
    question.classList.toggle("answered", answer !== "");
    const why = question.querySelector(".why");
    if (why) why.hidden = answer !== "not-applicable";
    question.querySelector(".clear").hidden = answer === "";
  }
};
const changed = () => {
  if (day !== today()) goOn();
  at = Date.now();
  whose.since = Boolean(whose.file);
  if (plain(value("role")) !== role) disagree();
  role = plain(value("role"));
  keep();
  show();
};
