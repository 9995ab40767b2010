// The preview: what the server tells is put in place, page by page. Texts are set as texts; only pages are markup, and they stand in
// a frame where no script runs.
"use strict";

const frame = document.getElementById("pages");
let pages = [];
let shown = null;
let version = null;
let chosen = new URLSearchParams(location.search).get("draft") ?? "";

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function sheets() {
  const inside = frame.contentDocument;
  return inside?.querySelector("gongwen-pages") ?? null;
}

function put(number) {
  const all = sheets();
  if (!all) return;
  while (all.children.length < pages.length) all.append(frame.contentDocument.createElement("gongwen-page"));
  while (all.children.length > pages.length) all.lastElementChild.remove();
  if (number < pages.length) all.children[number].innerHTML = pages[number];
}

function putAll() {
  for (let number = 0; number <= pages.length; number += 1) put(number);
}

function showPages(news) {
  const isOther = shown !== news.number;
  if (isOther) pages = [];
  pages.length = news.count;
  const changed = Object.entries(news.pages).filter(([number, html]) => pages[number] !== html);
  for (const [number, html] of changed) pages[number] = html;
  if (isOther || version !== news.frame) {
    const top = isOther ? 0 : frame.contentWindow.scrollY;
    frame.onload = () => {
      putAll();
      frame.contentWindow.scrollTo(0, top);
    };
    frame.src = `drafts/${news.number}/?${news.frame}`;
  } else {
    for (const [number] of changed) put(Number(number));
    put(pages.length);
  }
  shown = news.number;
  version = news.frame;
}

function showFindings(news) {
  const all = document.getElementById("findings");
  all.replaceChildren();
  for (const one of news.findings) {
    const entry = document.createElement("article");
    entry.append(element("p", `${one.word}[${one.code} ${one.name}]：${one.message}`, `head ${one.severity}`));
    const place = element("p", one.place, "place");
    if (one.page) {
      const button = element("button", `第${one.page}页`);
      button.onclick = () => sheets()?.children[one.page - 1]?.scrollIntoView();
      place.append(" ", button);
    }
    entry.append(place);
    if (one.hint) entry.append(element("p", `办法：${one.hint}`, "more"));
    if (one.clause) entry.append(element("p", `依据：${one.clause}`, "more"));
    all.append(entry);
  }
  if (!news.findings.length) all.append(element("p", "没有问题"));
}

function showFiles(news) {
  const all = document.getElementById("files");
  all.replaceChildren();
  news.files.forEach((file, index) => {
    const link = element("a", `PDF 已生成 ${file.when}${news.files.length > 1 ? ` ${file.name}` : ""}`);
    link.href = `drafts/${news.number}/pdf/${index}`;
    link.title = file.name;
    link.target = "_blank";
    link.rel = "noopener";
    all.append(link);
  });
  const notice = news.fault || (news.isStale && news.count ? "稿件有错，下面是改错之前的版面" : "");
  document.getElementById("notice").textContent = notice;
}

function showDrafts(drafts, number) {
  const all = document.getElementById("drafts");
  all.replaceChildren();
  for (const [own, name, state] of drafts) {
    const link = element("a", name, state);
    link.href = `?draft=${own}`;
    if (own === number) {
      link.setAttribute("aria-current", "page");
      document.title = `${name} – gongwen 预览`;
    }
    all.append(link);
  }
}

const events = new EventSource(`events?${chosen}`);
events.onmessage = (event) => {
  const news = JSON.parse(event.data);
  if (news.shown) {
    showPages(news.shown);
    showFindings(news.shown);
    showFiles(news.shown);
  }
  showDrafts(news.drafts, shown);
};
events.onerror = () => {
  document.getElementById("notice").textContent = "gongwen watch 已经结束，或者连不上";
};
events.onopen = () => {
  document.getElementById("notice").textContent = "";
};
