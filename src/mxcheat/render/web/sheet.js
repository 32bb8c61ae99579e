(() => {
  /* Ids of the page itself begin with "_", which those of rows do not. */
  const get = id => document.getElementById(id);
  const own = id => get(`_${id}`);
  const data = id => JSON.parse(own(id).textContent);
  const said = data("said"), most = 50;
  const [query, availability, section, silent] = ["query", "availability", "section", "silent"].map(own);
  const sections = [...document.querySelectorAll("main > section[id]:not(#_results)")];
  const articles = [];
  for (const article of document.querySelectorAll("article")) articles[article.dataset.row] = article;
  let ranker = null;
  const rank = text => (ranker ??= makeRanker(data("tables"), articles.length))(text);

  /* What was found is moved to the results, in its order; a mark keeps its place. */
  const marks = new Map();
  function putBack() {
    for (const [article, mark] of marks) mark.replaceWith(article);
    marks.clear();
  }
  function moveToResults(article) {
    const mark = document.createComment("");
    article.replaceWith(mark);
    marks.set(article, mark);
    own("results").append(article);
  }

  const passes = ({dataset}) => (!availability.value || dataset.is === availability.value)
    && (!section.value || dataset.in === section.value) && (!silent.checked || "silent" in dataset);

  function show() {
    const typed = query.value.trim();
    putBack();
    for (const article of articles) {
      const hide = !passes(article);
      if (article.hidden !== hide) article.hidden = hide;
    }
    let count = articles.filter(article => !article.hidden).length;
    if (typed) {
      const {rows, sure} = rank(typed);
      const found = rows.map(row => articles[row]).filter(article => !article.hidden).slice(0, most);
      found.forEach(moveToResults);
      count = found.length;
      own("results-title").textContent = sure ? said.Results : said["Nearest rows"];
    }
    document.body.classList.toggle("searching", typed !== "");
    own("results").hidden = !typed || !count;
    own("none").hidden = count > 0;
    for (const part of sections) {
      part.hidden = !part.querySelector("article:not([hidden])");
      document.querySelector(`nav a[href="#${CSS.escape(part.id)}"]`).parentElement.hidden = part.hidden;
    }
    own("count").textContent = count === articles.length ? `${count} ${said.rows}` : `${count} / ${articles.length} ${said.rows}`;
  }

  /* The address holds what is asked for, "#?q=clamp&is=differs", or names a row, "#clamp". */
  const controls = {q: query, is: availability, in: section};
  function writeAddress() {
    const asked = new URLSearchParams();
    for (const [key, {value}] of Object.entries(controls)) if (value.trim()) asked.set(key, value.trim());
    if (silent.checked) asked.set("silent", "1");
    history.replaceState(null, "", `${asked}` ? `#?${asked}` : "#");
  }
  function readAddress() {
    const hash = location.hash.slice(1);
    if (hash.startsWith("?")) {
      const asked = new URLSearchParams(hash.slice(1));
      for (const [key, control] of Object.entries(controls)) control.value = asked.get(key) ?? "";
      silent.checked = asked.has("silent");
      show();
      return;
    }
    let target = hash && get(hash);
    if (!target) return;
    if (!target.checkVisibility() || marks.has(target.closest("article"))) {
      reset();
      target = get(hash);
    }
    const folded = target.querySelector(":scope > details");
    if (target.matches("li") && folded) folded.open = true;
    target.scrollIntoView();
    requestAnimationFrame(() => target.scrollIntoView()); /* heights above were guessed until now */
  }
  function reset() {
    for (const control of Object.values(controls)) control.value = "";
    silent.checked = false;
    show();
  }
  function changed() {
    show();
    writeAddress();
    scrollTo(0, 0);
  }

  query.addEventListener("input", changed);
  for (const control of [availability, section, silent]) control.addEventListener("change", changed);
  addEventListener("hashchange", readAddress);
  document.querySelector("form").addEventListener("submit", event => event.preventDefault());
  query.addEventListener("keydown", event => {
    if (event.key === "Escape") { query.value = ""; changed(); }
    if (event.key === "Enter" && !event.isComposing) own("results").querySelector("h3 a")?.focus();
  });
  addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    query.focus();
    query.select();
  });

  /* A page that is not served over HTTPS has no clipboard: then the code is selected and copied. */
  async function copy(code) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(code);
      return document.execCommand("copy");
    }
  }
  document.querySelector("main").addEventListener("click", async ({target}) => {
    if (!target.matches("figcaption button")) return;
    const before = target.textContent;
    const done = await copy(target.closest("figure").querySelector("code"));
    target.textContent = own("count").textContent = done ? said.Copied : said["Press Ctrl+C"];
    setTimeout(() => { target.textContent = before; }, 1500);
  });

  /* On paper everything is open, and as it was afterwards. */
  let opened = [];
  addEventListener("beforeprint", () => {
    const shown = articles.filter(article => article.checkVisibility());
    opened = shown.flatMap(article => [...article.querySelectorAll("details:not([open])")]);
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of opened) details.open = false; });

  own("contents").open = matchMedia("(min-width: 70rem)").matches;
  show();
  readAddress();
  if (!matchMedia("(pointer: coarse)").matches && !location.hash) query.focus({preventScroll: true});
  (window.requestIdleCallback ?? setTimeout)(() => rank("a"));
})();
