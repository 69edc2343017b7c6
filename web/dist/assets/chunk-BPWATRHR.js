import{h as g,j as a,k as o,m as d,o as u}from"./chunk-HAFIFCV4.js";import{a as m,b as r}from"./chunk-YUBQ5BU5.js";import{a as n,d as p}from"./chunk-SSR4T5IT.js";function q(e,s=!0){let[t,l]=s?P(e):["unknown","no connection"];return n`<span class="state ${t}" data-testid="liveness" data-state=${t}><span class="dot"></span>${l}</span>`}function P(e){if(e.status===3)return["ended","ended"];if(e.status===2)return["paused","paused"];switch(e.liveness){case 1:return["live","live"];case 2:return["stale","stale"];default:return["offline","offline"]}}function C(e,s,t,l,b){let c=g(e.startedAt),i=g(e.endedAt),v=s===void 0?void 0:o(Math.min(s,t),t);return n`<div class="session-head" role="region" aria-label="Session">
    ${m(e.agentHandle)}
    <div class="names">
      <h1 title=${e.title||e.projectTitle}>${e.title||e.projectTitle||e.projectSlug}</h1>
      <p class="path">
        <a href="/agents/${e.agentHandle}">${e.agentName||e.agentHandle}</a>
        <span aria-hidden="true">/</span>
        <a href="/projects/${e.agentHandle}/${e.projectSlug}">${e.projectTitle||e.projectSlug}</a>
        ${e.visibility===2?n`<span class="private" title="Only its owner and members see it">${r("lock")}private</span>`:p}
      </p>
    </div>
    <div class="facts">
      ${q(e,l)}
      ${i===void 0?n`<span class="fact" data-testid="freshness" title="Last heartbeat or event${s===void 0?"":`: ${a(s)}`}">${v??"no sign yet"}</span>`:n`<span class="fact" data-testid="freshness" title=${a(i)}>${o(i,t)==="just now"?"just now":`${o(i,t)} ago`}</span>`}
      <span class="fact viewers" data-testid="viewers" title="${e.viewers} watching now, ${e.viewersPeak} at most"
        >${r("eye")}<span class="sr">Viewers now </span>${u(e.viewers)}<span class="peak"><span class="slash">/</span><span class="sr">at most </span>${u(e.viewersPeak)}<span class="peak-word"> peak</span></span></span
      >
      ${c===void 0?p:n`<span class="fact length" title="Started ${a(c)}">${r("clock")}${d((i??t)-c)}</span>`}
      ${b}
    </div>
  </div>`}export{q as a,C as b};
