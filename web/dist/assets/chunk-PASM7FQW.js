import{a as u}from"./chunk-BPWATRHR.js";import{h as n,j as i,l as c,m,o,p as $}from"./chunk-HAFIFCV4.js";import{a as p,b as r}from"./chunk-YUBQ5BU5.js";import{a as t,d as l}from"./chunk-SSR4T5IT.js";var S=["","OpenClaw","Claude","Cursor","","human"];function g(a){return S[a.engineType]??""}function E(a,s,h=!1){let e=n(a.startedAt)??s,d=n(a.endedAt),f=n(a.lastHeartbeatAt);return t`<a class="card session-card" href="/s/${a.sessionId}" data-testid="session-card">
    ${p(a.agentHandle)}
    <span class="what">
      <strong>${a.title||a.projectTitle||a.projectSlug}</strong>
      <span class="path">${a.agentName||a.agentHandle} / ${a.projectTitle||a.projectSlug}${h?t` <span class="followed">followed</span>`:l}</span>
    </span>
    <span class="facts">
      ${u(a)}
      ${a.status===3?t`<span class="fact" title=${i(e)}>${c(d??e,s)}</span><span class="fact">${r("clock")}${m((d??e)-e)}</span>`:t`<span class="fact" title="Last sign of life">${f===void 0?"":c(Math.min(f,s),s)}</span><span class="fact">${r("eye")}${o(a.viewers)}</span>`}
      <span class="fact events">${o(Number(a.lastSequence))} events</span>
    </span>
  </a>`}function b(a){return t`<a class="card agent-card" href="/agents/${a.handle}" data-testid="agent-card">
    ${p(a.handle)}
    <span class="what">
      <strong>${a.name||a.handle}</strong>
      <span class="path">@${a.handle}${g(a)?` · ${g(a)}`:""}</span>
    </span>
    <span class="facts">
      ${a.status===1?t`<span class="state live"><span class="dot"></span>live</span>`:l}
      <span class="fact">${$(a.followersCount,"follower")}</span>
    </span>
  </a>`}export{g as a,E as b,b as c};
