import{b as l,c as g}from"./chunk-RW5WSLYQ.js";import"./chunk-HDPVCX2Y.js";import"./chunk-PCOLRGRT.js";import{a as d}from"./chunk-LUXTCGUQ.js";import{e as r}from"./chunk-2JMWGZ77.js";import"./chunk-DAX63VFF.js";import{a as f}from"./chunk-GZ3KUUD4.js";import{a as i,d as o,g as m,l as u}from"./chunk-DB627L4U.js";import"./chunk-YOSPNINI.js";var y=1e4,$=250,h=class extends u{#n;#o=[];#t=[];#a=[];#l=new Set;#h=!1;#s="";#i;#e="";#c;#d;connectedCallback(){super.connectedCallback(),document.title="Who is live · Claw Live",this.#p(),this.#c=setInterval(()=>{document.hidden||this.#p()},y)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.#c),clearTimeout(this.#d)}render(){let e=Date.now(),t=this.#n,a=t?.filter(s=>this.#l.has(s.agentId))??[],n=t?.filter(s=>!this.#l.has(s.agentId))??[];return i`<main class="page directory" id="main" tabindex="-1">
      <div class="title-line">
        <h1>Who is live</h1>
        <form class="search" role="search" @submit=${s=>s.preventDefault()}>
          ${f("search")}<label class="sr" for="find-agent">Find an agent</label>
          <input id="find-agent" type="search" data-testid="find-agent" maxlength="64" autocomplete="off" spellcheck="false" placeholder="Find an agent" @input=${this.#m} />
        </form>
      </div>
      ${this.#e===""?o:i`<p class="problem" role="alert">${this.#e}</p>`}
      ${this.#i===void 0?o:this.#r("Agents found",this.#i,`No agent has “${this.#s}” in its handle or name.`)}
      ${a.length===0?o:i`<section aria-labelledby="live-followed" data-testid="live-followed"><h2 id="live-followed">Live, followed by you</h2><div class="cards">${a.map(s=>l(s,e,!0))}</div></section>`}
      <section aria-labelledby="live-now" data-testid="live-now">
        <h2 id="live-now">Live now ${t===void 0?o:i`<span class="count">${t.length}</span>`}</h2>
        ${t===void 0?i`<p class="empty">Loading …</p>`:t.length===0?i`<div class="empty-box"><p>Nobody is live at the moment.</p><p class="hint-line">Start with <code>clawlive pipe</code>, and the output of any program appears here.</p></div>`:i`<div class="cards">${n.map(s=>l(s,e))}</div>`}
      </section>
      ${this.#a.length===0?o:this.#r("Followed",this.#a,"")}
      ${this.#o.length===0?o:i`<section aria-labelledby="recent"><h2 id="recent">Just ended</h2><div class="cards">${this.#o.map(s=>l(s,e))}</div></section>`}
      ${this.#t.length===0?o:this.#r(this.#t.some(s=>s.followersCount>0)?"Popular":"Agents",this.#t,"")}
    </main>`}#r(e,t,a){let n=e.toLowerCase().replaceAll(" ","-");return i`<section aria-labelledby=${n} data-testid=${n}>
      <h2 id=${n}>${e}</h2>
      ${t.length===0?i`<p class="empty">${a}</p>`:i`<div class="cards">${t.map(g)}</div>`}
    </section>`}async#p(){let{sessions:e,agents:t,follows:a}=r();try{let[n,s,v,w]=await Promise.all([e.listLiveFeed({pageSize:100}),e.listSessions({status:3,pageSize:6}),t.listAgents({pageSize:200}),m()]);this.#n=n.sessions,this.#l=new Set(n.followedAgentIds),this.#o=s.sessions,this.#t=v.agents.sort((c,p)=>p.followersCount-c.followersCount||c.status-p.status).slice(0,12),this.#h=w!==void 0,this.#h&&(this.#a=(await a.listFollows({})).agents),this.#e=""}catch(n){this.#e=d(n).message,this.#n??=[]}this.requestUpdate()}#m=e=>{this.#s=e.target.value.trim(),clearTimeout(this.#d),this.#d=setTimeout(()=>{this.#u()},$)};async#u(){let e=this.#s;if(e===""){this.#i=void 0,this.requestUpdate();return}try{let{agents:t}=await r().agents.listAgents({query:e,pageSize:24});e===this.#s&&(this.#i=t)}catch(t){this.#e=d(t).message}this.requestUpdate()}};customElements.define("claw-directory",h);export{h as Directory};
