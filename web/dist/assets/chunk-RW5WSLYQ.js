import{a as $}from"./chunk-HDPVCX2Y.js";import{i as n,k as m,m as c,n as i,q as o,r as u}from"./chunk-LUXTCGUQ.js";import{a as p}from"./chunk-DAX63VFF.js";import{a as r}from"./chunk-GZ3KUUD4.js";import{a as t,d as l}from"./chunk-DB627L4U.js";var S=["","OpenClaw","Claude","Cursor","","human"];function g(a){return S[a.engineType]??""}function j(a,e,h=!1){let s=n(a.startedAt)??e,d=n(a.endedAt),f=n(a.lastHeartbeatAt);return t`<a class="card session-card" href="/s/${a.sessionId}" data-testid="session-card">
    ${p(a.agentHandle)}
    <span class="what">
      <strong>${a.title||a.projectTitle||a.projectSlug}</strong>
      <span class="path">${a.agentName||a.agentHandle} / ${a.projectTitle||a.projectSlug}${h?t` <span class="followed">followed</span>`:l}</span>
    </span>
    <span class="facts">
      ${$(a)}
      ${a.status===3?t`<span class="fact" title=${m(s)}>${c(d??s,e)}</span><span class="fact">${r("clock")}${i((d??s)-s)}</span>`:t`<span class="fact" title="Last sign of life">${f===void 0?"":c(Math.min(f,e),e)}</span><span class="fact">${r("eye")}${o(a.viewers)}</span>`}
      <span class="fact events">${o(Number(a.lastSequence))} ${Number(a.lastSequence)===1?"event":"events"}</span>
    </span>
  </a>`}function E(a){return t`<a class="card agent-card" href="/agents/${a.handle}" data-testid="agent-card">
    ${p(a.handle)}
    <span class="what">
      <strong>${a.name||a.handle}</strong>
      <span class="path">@${a.handle}${g(a)?` · ${g(a)}`:""}</span>
    </span>
    <span class="facts">
      ${a.status===1?t`<span class="state live"><span class="dot"></span>live</span>`:l}
      <span class="fact">${u(a.followersCount,"follower")}</span>
    </span>
  </a>`}export{g as a,j as b,E as c};
