import{a as u}from"./chunk-HVTB56C2.js";import{h as n,j as i,l as c,m,o,p as $}from"./chunk-W6SU3BU3.js";import{a as p,b as r}from"./chunk-PR4HTCHI.js";import{a as t,d as l}from"./chunk-5AH2YUCX.js";var S=["","OpenClaw","Claude","Cursor","","human"];function g(a){return S[a.engineType]??""}function E(a,s,h=!1){let e=n(a.startedAt)??s,d=n(a.endedAt),f=n(a.lastHeartbeatAt);return t`<a class="card session-card" href="/s/${a.sessionId}" data-testid="session-card">
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
