// From here on the form is awake.
const begin = () => {
  const all = kept();
  const found = all.find((one) => holds(one.entries)) || all[0];
  if (found) put(found);
  else goOn();
  byId("kept").hidden = !holds(entries());
  byId("others").hidden = all.filter((one) => holds(one.entries)).length < 2;
};
// Another tab may have changed the answers. They are read again before anybody goes on here, so that none is lost.
const share = () => {
  const found = keptAt(place());
  if ((found ? found.text : null) !== last) {
    if (!holds(entries())) byId("kept").hidden = !found;
    byId("shared").hidden = !found;
    if (found) {
      say("");
      put(found);
    } else {
      // Taken out of the browser in another tab: what stands here is not lost for that.
      last = null;
      byId("unkept").hidden = !holds(entries());
    }
  }
  goOn();
  show();
};
byId("save").addEventListener("click", save);
byId("load").addEventListener("change", load);
const top = () => {
  say("");
  show();
  complain([]);
  byId("shared").hidden = true;
  byId("content").focus();
  scrollTo(0, 0);
};
const anew = () => {
  fill(blank);
  carried = nothing();
  whose = somebody();
  last = null;
  goOn();
  byId("kept").hidden = true;
  top();
};
byId("not-mine").addEventListener("click", anew);
byId("empty").addEventListener("click", () => {
  if (!confirm(words.empty)) return;
  for (const one of kept()) if (one.whose.id === whose.id) localStorage.removeItem(one.name);
  anew();
});
byId("others").addEventListener("click", () => {
  const all = kept().filter((one) => holds(one.entries));
  if (all.length) put(all[(all.findIndex((one) => one.whose.id === whose.id) + 1) % all.length]);
  top();
});
byId("next").addEventListener("click", (event) => {
  const open = questions.find((question) => !answerOf(question));
  event.preventDefault();
  const target = open ? open.querySelector("input") : byId("save");
  (open || byId("end")).scrollIntoView();
  target.focus({ preventScroll: true });
});
for (const question of questions) {
  question.querySelector(".clear").addEventListener("click", () => {
    for (const one of question.querySelectorAll("input")) one.checked = false;
    changed();
    question.querySelector("input").focus();
  });
}
form.addEventListener("input", (event) => {
  if (event.target.type !== "file") changed();
});
addEventListener("storage", share);
addEventListener("focus", share);
document.addEventListener("visibilitychange", share);
form.addEventListener("submit", (event) => event.preventDefault());
begin();
keep();
show();
byId("asleep").hidden = true;
