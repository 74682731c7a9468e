"use strict";
(function () {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const states = new Map(data.states);
  const MOST = 100;
  function find() {
    const wanted = byId("text").value.trim().toLowerCase();
    const found = wanted ? data.units.filter(([name]) => name.toLowerCase().includes(wanted)) : [];
    byId("found").textContent = wanted ? `${found.length} 个单位${found.length > MOST ? `，只列出前 ${MOST} 个` : ""}` : "";
    byId("list").replaceChildren(...found.slice(0, MOST).map(([name, page, state]) => {
      const link = document.createElement("a");
      link.href = `${encodeURIComponent(data.pages[page])}#单位=${encodeURIComponent(name)}`;
      link.textContent = name;
      const item = document.createElement("li");
      item.append(link, `　${states.get(state)}`);
      return item;
    }));
  }
  byId("filters").hidden = false;
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("text").addEventListener("input", find);
})();
