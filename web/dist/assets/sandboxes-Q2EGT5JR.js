import{a as b,b as E,c as I,e as M,f as q,g as R,h as L,i as C,j as f,k as P}from"./chunk-WT6YDQZS.js";import"./chunk-FY6DE53S.js";import{b as c,c as k}from"./chunk-QPKPUVB3.js";import{d as p,i as S,k as T}from"./chunk-X6223OLR.js";import{a as l,i as g,k as $,l as u,m as w}from"./chunk-LUXTCGUQ.js";import{e as d}from"./chunk-2JMWGZ77.js";import{a as r}from"./chunk-GZ3KUUD4.js";import{a as s,d as n,g as y,l as x}from"./chunk-DB627L4U.js";import"./chunk-YOSPNINI.js";var U=5e3,H=800,O=50,v=class extends x{#i;#n=!1;#t;#g="";#p=1;#o=!1;#e;#c=[];#$="";#h="";#d=b;#b=!1;#f="";#r=0;#v;#m="";#y;connectedCallback(){super.connectedCallback(),document.title="Sandboxes · Claw Live",addEventListener("accountchange",this.#l),document.addEventListener("visibilitychange",this.#l),this.#a()}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("accountchange",this.#l),document.removeEventListener("visibilitychange",this.#l),clearTimeout(this.#v),clearTimeout(this.#y),this.#r++}render(){if(this.#n&&this.#i===void 0)return this.#T();let t=this.#e!==void 0&&this.#e.active==="";return s`<main class="page sandboxes" id="main" tabindex="-1">
        <div class="title-line">
          <h1>Sandboxes</h1>
          <span class="grow"></span>
          ${this.#i?.admin?s`<label class="check"><input type="checkbox" data-testid="everybody" .checked=${this.#o} @change=${this.#C} /> Everybody’s</label>`:n}
          ${this.#n?s`<button class="button primary" data-testid="new-sandbox" ?disabled=${t} @click=${this.#P}>${r("plus")}New sandbox</button>`:n}
        </div>
        ${this.#h===""?n:s`<p class="problem" role="alert">${this.#h}</p>`} ${t?this.#E():n}
        <section aria-label="Sandboxes">
          ${this.#t===void 0?s`<p class="empty">Loading …</p>`:this.#t.length===0?t?n:this.#k():s`<div class="cards" data-testid="sandboxes">${this.#t.map(e=>this.#I(e,Date.now()))}</div>`}
          ${this.#g===""?n:s`<button class="button" @click=${this.#L}>Older sandboxes</button>`}
        </section>
        ${this.#m===""?n:s`<div class="toast low" role="status" data-testid="toast">${this.#m}</div>`}
      </main>
      ${this.#q()}
      <claw-sandbox-dialog
        @say=${e=>this.#x(e.detail)}
        @sandbox-changed=${e=>this.#w(e.detail)}
        @sandbox-deleted=${()=>this.#U()}
      ></claw-sandbox-dialog>`}#T(){return s`<main class="page sandboxes" id="main" tabindex="-1">
      <h1>Sandboxes</h1>
      <div class="empty-box" data-testid="sandboxes-sign-in">
        <p>A sandbox is a closed place where an agent runs. Whom it belongs to sees it, and nobody else.</p>
        <p class="hint-line"><a class="button primary" href="/login?next=/sandboxes">Sign in to see yours</a></p>
      </div>
    </main>`}#k(){return s`<div class="empty-box" data-testid="no-sandbox">
      <p>${this.#o?"Nobody has a sandbox.":"You have no sandbox yet."}</p>
      <p class="hint-line">Make one above, or run</p>
      <p><code class="line-of-code">clawlive sandbox create --name build -- sh -c "make; sleep 3600"</code></p>
    </div>`}#E(){return s`<div class="warn-box" role="status" data-testid="no-runtime">
      <p><strong>This server can run no sandbox now.</strong></p>
      <ul>
        ${(this.#e?.runtimes??[]).map(t=>s`<li><code>${t.name}</code>: ${t.message||"it does not answer."}</li>`)}
      </ul>
      <p>Install bubblewrap or start Docker where the server runs; <code>clawlive doctor</code> says what is missing.</p>
    </div>`}#I(t,e){let a=R(t),i=g(t.createdAt)??e,o=[t.runtime,t.template||t.spec?.image||"",this.#o&&t.accountId!==this.#i?.accountId?`of account ${t.accountId.slice(0,13)}`:""].filter(m=>m!==""),h=p(t.state);return s`<div class="card sandbox-card" data-testid="sandbox-card" data-sandbox=${t.sandboxId}>
      <a class="what" href="/sandboxes/${t.sandboxId}">
        <strong>${t.name}</strong>
        <span class="path">${o.join(" · ")}${a===""?n:s`<span class="why" data-testid="why"> · ${a}</span>`}</span>
      </a>
      <span class="facts">
        <span>${q(t)}</span><span>${L(t,e)}</span>
        <span class="fact limits" title="It may use so much memory and so many processors">${S(t.spec?.memoryMb??0)} · ${T(t.spec?.cpus??0)}</span>
        <span class="fact age" title="Made ${$(i)}"><span class="sr">Made ${w(i,e)}</span><span aria-hidden="true">${u(i,e)==="just now"?"new":`${u(i,e)} old`}</span></span>
      </span>
      <span class="deeds">
        ${f(t.state)?s`<button class="button" data-testid="stop" aria-label="Stop ${t.name}" @click=${()=>this.#u("stop",t)}>${r("stop")}Stop</button>`:s`<button class="button" data-testid="start" aria-label="Start ${t.name}" ?disabled=${!C(t.state)} @click=${()=>{this.#D(t)}}>${h?s`<span class="spinner"></span>`:r("play")}Start</button>`}
        <claw-menu label="More about ${t.name}" data-testid="sandbox-menu" .items=${this.#M(t)}></claw-menu>
      </span>
    </div>`}#M(t){let e=[{label:"Change the limits",act:()=>this.#u("limits",t)}];return f(t.state)&&e.push({label:"Extend the lease",act:()=>this.#u("lease",t)}),P(t.state)&&e.push({label:"Delete",grave:!0,act:()=>this.#u("delete",t)}),e}#q(){let t=this.#d.get("");return s`<dialog class="sheet" aria-labelledby="new-sandbox-title" data-testid="sandbox-form" @click=${e=>e.target===this.#s&&this.#s?.close()}>
      <div class="sheet-inner">
        <header><h2 id="new-sandbox-title">New sandbox</h2><button class="square" aria-label="Close" @click=${()=>this.#s?.close()}>${r("close")}</button></header>
        <form class="form" novalidate @submit=${this.#H} @input=${()=>this.#f=""}>
          ${t===void 0?n:s`<p class="problem" role="alert" data-testid="form-problem">${t}</p>`}
          ${M({runtime:this.#e,templates:this.#c,template:this.#c.find(e=>e.template===this.#$),problems:this.#d,choose:e=>{this.#$=e,this.requestUpdate()}})}
          <div class="pair"><button class="primary" data-testid="create-sandbox" ?disabled=${this.#b}>Make the sandbox</button><button type="button" class="button" @click=${()=>this.#s?.close()}>Cancel</button></div>
        </form>
      </div>
    </dialog>`}get#s(){return this.querySelector("dialog[data-testid=sandbox-form]")}#l=()=>{document.hidden||this.#a()};async#a(){let t=++this.#r;clearTimeout(this.#v);try{let a=await y();if(a===void 0)this.#t=void 0;else{let i=!this.#n,[o,h,m]=await Promise.all([this.#R(),i||this.#e?.active===""?d().runtimes.getRuntimeStatus({}):this.#e,i?d().templates.listTemplates({}).then(D=>D.templates):this.#c]);if(t!==this.#r)return;this.#t=o.sandboxes,this.#g=o.next,this.#e=h,this.#c=m}this.#i=a,this.#n=!0,this.#h=""}catch(a){if(t!==this.#r)return;this.#h=c(l(a)),this.#t??=[]}if(t!==this.#r)return;this.requestUpdate();let e=this.#t?.some(a=>p(a.state))??!1;(this.#i!==void 0||!this.#n)&&(this.#v=setTimeout(this.#l,e?H:U))}async#R(){let t=[],e="";for(let a=0;a<this.#p;a++){let i=await d().sandboxes.listSandboxes({pageSize:O,pageToken:e,everybody:this.#o});if(t.push(...i.sandboxes),e=i.nextPageToken,e==="")break}return{sandboxes:t,next:e}}#L=()=>{this.#p++,this.#a()};#C=t=>{this.#o=t.target.checked,this.#p=1,this.#a()};#P=()=>{this.#d=b,this.requestUpdate(),this.#s?.showModal(),this.querySelector("#sandbox-name")?.focus()};#u(t,e){this.querySelector("claw-sandbox-dialog")?.open(t,e)}async#D(t){try{this.#w((await d().sandboxes.startSandbox({sandboxId:t.sandboxId})).sandbox)}catch(e){this.#x(c(l(e)))}}#w(t){this.#t=this.#t?.map(e=>e.sandboxId===t.sandboxId?t:e),this.requestUpdate(),this.#a()}#U(){this.#x("The sandbox is deleted"),this.#a()}#H=async t=>{t.preventDefault();let{draft:e,problems:a}=E(new FormData(t.target));if(this.#d=a,a.size>0)return this.#S();this.#b=!0,this.#f||=k(),this.requestUpdate();try{let{sandbox:i}=await d().sandboxes.createSandbox({...e,requestId:this.#f});this.#s?.close(),this.#O(i.sandboxId)}catch(i){let o=l(i);this.#d=I(o,c(o))}this.#b=!1,this.#S()};#S(){this.requestUpdate(),this.updateComplete.then(()=>this.querySelector("[aria-invalid=true]")?.focus())}#O(t){let e=document.createElement("a");e.href=`/sandboxes/${t}`,this.append(e),e.click(),e.remove()}#x(t){this.#m=t,clearTimeout(this.#y),this.#y=setTimeout(()=>{this.#m="",this.requestUpdate()},3500),this.requestUpdate()}};customElements.define("claw-sandboxes",v);export{v as SandboxesPage};
