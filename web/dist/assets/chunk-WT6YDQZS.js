import{a as T,b as M}from"./chunk-QPKPUVB3.js";import{b as w,c as E,f as g,i as N,l as k}from"./chunk-X6223OLR.js";import{a as y,i as v,k as S}from"./chunk-LUXTCGUQ.js";import{e as f}from"./chunk-2JMWGZ77.js";import{a as b}from"./chunk-GZ3KUUD4.js";import{a as i,d as m,l as x}from"./chunk-DB627L4U.js";var h=new Map,R="";function B(t){let e=d=>String(t.get(d)??"").trim(),s=new Map,a={};e("image")!==""&&(a.image=e("image"));let n=L(e("command"));n===void 0?s.set("command","A quotation mark is not closed."):n.length>0&&(a.command=n),e("memory")!==""&&(a.memoryMb=Math.max(0,Math.round(Number(e("memory"))))),e("cpus")!==""&&(a.cpus=Number(e("cpus"))),e("network")!==""&&(a.network=Number(e("network")));let o=P(String(t.get("env")??""));o.problem!==""?s.set("env",o.problem):Object.keys(o.values).length>0&&(a.env=o.values);let l={};for(let[d,p]of t)d.startsWith("variable:")&&String(p)!==""&&(l[d.slice(9)]=String(p));return{draft:{name:e("name"),template:e("template"),variables:l,spec:a,stopped:t.get("start")===null},problems:s}}function P(t){let e={};for(let[s,a]of t.split(`
`).entries()){if(a.trim()===""||a.trimStart().startsWith("#"))continue;let n=a.indexOf("=");if(n<=0)return{values:{},problem:`Line ${s+1} is not NAME=value.`};let o=a.slice(0,n).trim();if(!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(o))return{values:{},problem:`Line ${s+1}: “${o}” is no name of a variable; letters, digits and _ make one.`};e[o]=a.slice(n+1).replace(/\r$/,"")}return{values:e,problem:""}}function L(t){let e=[],s,a="";for(let n=0;n<t.length;n++){let o=t[n];a!==""?o===a?a="":o==="\\"&&a==='"'&&/["\\$`]/.test(t[n+1]??"")?s+=t[++n]:s+=o:o==='"'||o==="'"?(a=o,s??=""):o==="\\"&&n+1<t.length?s=(s??"")+t[++n]:/\s/.test(o)?(s!==void 0&&e.push(s),s=void 0):s=(s??"")+o}if(a==="")return s!==void 0&&e.push(s),e}function I(t,e){let s=new Map;for(let{field:n,message:o}of t.fields??[]){let l=A.find(([d])=>d.test(n))?.[1];l!==void 0&&!s.has(l)&&s.set(l,F(_[l]??o.replace(`${n}: `,"")))}if(s.size>0)return s;let a=t.facts?.get("variable");return t.reason==="TEMPLATE_VARIABLE_WRONG"&&a!==void 0?new Map([[`variable:${a}`,e]]):new Map([[D[t.reason]??(t.reason==="RUNTIME_CANNOT"?O(e):R),e]])}var A=[[/^name$/,"name"],[/^template$/,"template"],[/^variables/,"template"],[/^spec\.image/,"image"],[/^spec\.command/,"command"],[/^(?:spec\.)?memory_mb/,"memory"],[/^(?:spec\.)?cpus/,"cpus"],[/^(?:spec\.)?pids/,"pids"],[/^spec\.(?:network|port)/,"network"],[/^spec\.env/,"env"]],_={name:"At most 64 letters, digits, _ and -.",image:"The name of an image, such as registry.example/team/image:1.2."},D={SANDBOX_NAME_TAKEN:"name",IMAGE_MISSING:"image",TEMPLATE_NOT_FOUND:"template",TEMPLATE_VALUE_MISSING:"template"};function O(t){return/image/i.test(t)?"image":/network/i.test(t)?"network":R}function F(t){let e=t.charAt(0).toUpperCase()+t.slice(1);return/[.!?]$/.test(e)?e:`${e}.`}function u(t,e){return i`<span id="${t}-problem" class="field-problem" data-testid="${t}-problem">${e===void 0?m:i`<span role="alert">${e}</span>`}</span>`}function K(t){let{template:e,problems:s,runtime:a}=t,n=e?.spec,o=a===void 0||a.active==="docker",l=r=>s.has(r)?"true":m,d=r=>`sandbox-${r}-problem`,p=r=>u(`sandbox-${r}`,s.get(r));return i`<label for="sandbox-name">Name</label>
    <input id="sandbox-name" name="name" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="200" placeholder="made up when empty" data-testid="sandbox-name" aria-invalid=${l("name")} aria-describedby=${d("name")} />
    ${p("name")}
    ${t.templates.length===0?m:i`<label for="sandbox-template">Template</label>
          <select id="sandbox-template" name="template" data-testid="sandbox-template" aria-invalid=${l("template")} aria-describedby=${d("template")} @change=${r=>t.choose(r.target.value)}>
            <option value="">None</option>
            ${t.templates.map(r=>i`<option value=${r.template} ?selected=${r===e}>${r.name||r.template}</option>`)}
          </select>
          ${p("template")}
          ${e?.description?i`<p class="hint-text">${e.description}</p>`:m}
          ${(e?.variables??[]).map(r=>{let c=`variable:${r.name}`;return i`<label for=${c}>${r.name}${r.required?" (required)":""}${r.description?i` · ${r.description}`:m}</label>
              <input id=${c} name=${c} maxlength="4096" autocomplete="off" spellcheck="false" placeholder=${r.defaultValue} aria-invalid=${l(c)} aria-describedby="${c}-problem" />
              ${u(c,s.get(c))}`})}`}
    ${o?i`<label for="sandbox-image">Image</label>
          <input id="sandbox-image" name="image" list="sandbox-images" autocomplete="off" spellcheck="false" placeholder=${n?.image||a?.defaultImage||"the server’s own"} data-testid="sandbox-image" aria-invalid=${l("image")} aria-describedby=${d("image")} />
          <datalist id="sandbox-images">${(a?.images??[]).slice(0,100).map(r=>i`<option value=${r}></option>`)}</datalist>
          ${p("image")}`:m}
    <label for="sandbox-command">Command</label>
    <input id="sandbox-command" name="command" class="code-input" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=${n?.command.join(" ")||"only waits, for a terminal"} data-testid="sandbox-command" aria-invalid=${l("command")} aria-describedby=${d("command")} />
    ${p("command")}
    <div class="two">
      <span><label for="sandbox-memory">Memory, MiB</label>
      <input id="sandbox-memory" name="memory" inputmode="numeric" type="number" placeholder=${String(n?.memoryMb||512)} data-testid="sandbox-memory" aria-invalid=${l("memory")} aria-describedby=${d("memory")} />
      ${p("memory")}</span>
      <span><label for="sandbox-cpus">Processors</label>
      <input id="sandbox-cpus" name="cpus" inputmode="decimal" type="number" step="0.05" placeholder=${String(n?.cpus||1)} data-testid="sandbox-cpus" aria-invalid=${l("cpus")} aria-describedby=${d("cpus")} />
      ${p("cpus")}</span>
    </div>
    <label for="sandbox-network">It reaches</label>
    <select id="sandbox-network" name="network" data-testid="sandbox-network" aria-invalid=${l("network")} aria-describedby=${d("network")}>
      <option value="">${n===void 0?"nobody":"as the template says"}</option>
      ${n===void 0?m:i`<option value=${1}>nobody</option>`}
      <option value=${2}>the server alone</option>
      <option value=${3}>the world</option>
    </select>
    ${p("network")}
    <label for="sandbox-env">Environment, a line of NAME=value each</label>
    <textarea id="sandbox-env" name="env" class="code-input" rows="3" spellcheck="false" autocapitalize="none" placeholder="CI=true" data-testid="sandbox-env" aria-invalid=${l("env")} aria-describedby=${d("env")}></textarea>
    ${p("env")}
    <p class="hint-text">Whoever may see the sandbox reads it. Keys and passwords are given with <code>clawlive secret set</code>.</p>
    <label class="check"><input type="checkbox" name="start" checked data-testid="sandbox-start" /> Start it at once</label>
    ${a===void 0||a.active===""?m:i`<p class="hint-text">${q(a)}</p>`}`}function q(t){let e=t.runtimes.find(a=>a.name===t.active);return e===void 0?"":`Runs ${e.name==="process"?`without a container engine, by bubblewrap ${e.version}`:`in ${e.name} ${e.version}`}${e.processors===0?"":`, on a machine of ${e.processors} processors and ${N(Math.round(Number(e.memoryBytes)/1024/1024/1024)*1024)}`}.`}var C={stop:"Stop the sandbox",delete:"Delete the sandbox",limits:"Change the limits",lease:"Extend the lease"},U=[[3600,"1 hour"],[8*3600,"8 hours"],[86400,"24 hours"],[7*86400,"7 days"],[30*86400,"30 days"]],$=class extends x{static{this.properties={sandbox:{attribute:!1}}}#a="stop";#e=h;#s=!1;open(e,s){this.sandbox=s,this.#a=e,this.#e=h,this.requestUpdate(),this.updateComplete.then(()=>{let a=this.querySelector("dialog");a?.open===!1&&a.showModal()})}close(){this.querySelector("dialog")?.close()}render(){let{sandbox:e}=this;return i`<dialog class="sheet" aria-labelledby="sandbox-dialog-title" data-testid="sandbox-dialog" @click=${this.#p} @keydown=${s=>s.stopPropagation()}>
      ${e===void 0?m:i`<div class="sheet-inner">
            <header><h2 id="sandbox-dialog-title">${C[this.#a]}</h2><button class="square" aria-label="Close" @click=${()=>this.close()}>${b("close")}</button></header>
            ${this.#r(e)}
          </div>`}
    </dialog>`}#r(e){let s=this.#e.get(""),a=s===void 0?m:i`<p class="problem" role="alert">${s}</p>`;switch(this.#a){case"stop":return i`<p>“${e.name}” is asked to end, and everything that runs in it. Its files stay, and it can be started again.</p>
          ${a} ${this.#t("Stop it","Leave it",()=>{this.#i(()=>f().sandboxes.stopSandbox({sandboxId:e.sandboxId}),"It stops")})}`;case"delete":return i`<p>“${e.name}” will be gone with its files. Nobody can bring it back.</p>
          ${a} ${this.#t("Delete it","Keep it",()=>{this.#m(e)})}`;case"lease":return i`<form class="form" @submit=${this.#l}>
          ${a}
          <label for="lease-time">From now it may run for</label>
          <select id="lease-time" name="lease" data-testid="lease-time">${U.map(([n,o])=>i`<option value=${n} ?selected=${n===86400}>${o}</option>`)}</select>
          <p class="hint-text">At the end it stops and keeps its files. It says so a little before.</p>
          ${this.#t("Extend it","Cancel")}
        </form>`;case"limits":return i`<form class="form" novalidate @submit=${this.#d}>
          ${a}
          <div class="two">
            <span><label for="limit-memory">Memory, MiB</label>
            <input id="limit-memory" name="memory" type="number" min="16" max="65536" step="1" required data-testid="limit-memory" aria-describedby="limit-memory-problem" .value=${String(e.spec?.memoryMb??512)} />
            ${u("limit-memory",this.#e.get("memory"))}</span>
            <span><label for="limit-cpus">Processors</label>
            <input id="limit-cpus" name="cpus" type="number" min="0.05" max="128" step="0.05" required data-testid="limit-cpus" aria-describedby="limit-cpus-problem" .value=${String(e.spec?.cpus??1)} />
            ${u("limit-cpus",this.#e.get("cpus"))}</span>
          </div>
          <label for="limit-pids">Processes and threads</label>
          <input id="limit-pids" name="pids" type="number" min="8" max="32768" required data-testid="limit-pids" aria-describedby="limit-pids-problem" .value=${String(e.spec?.pids??256)} />
          ${u("limit-pids",this.#e.get("pids"))}
          <p class="hint-text">They hold at once, also while it runs. What needs more memory than it may use is ended.</p>
          ${this.#t("Change them","Cancel")}
        </form>`}}#t(e,s,a){return i`<div class="pair">
      <button class="primary" type=${a===void 0?"submit":"button"} data-testid="confirm" ?disabled=${this.#s} @click=${a??m}>${e}</button
      ><button type="button" class="button" @click=${()=>this.close()}>${s}</button>
    </div>`}#l=e=>{e.preventDefault();let s=Number(new FormData(e.target).get("lease"));this.#n({lease:{seconds:BigInt(s),nanos:0}},"The lease is extended")};#d=e=>{e.preventDefault();let s=new FormData(e.target),a=n=>Math.max(0,Math.round(Number(s.get(n))));this.#n({memoryMb:a("memory"),cpus:Number(s.get("cpus")),pids:a("pids")},"The limits are changed")};#n(e,s){let a=this.sandbox?.sandboxId??"";this.#i(()=>f().sandboxes.updateSandbox({sandboxId:a,...e}),s)}async#i(e,s){await this.#o(async()=>{let{sandbox:a}=await e();this.dispatchEvent(new CustomEvent("sandbox-changed",{detail:a,bubbles:!0})),T(this,s)})}async#m(e){await this.#o(async()=>{await f().sandboxes.deleteSandbox({sandboxId:e.sandboxId}),this.dispatchEvent(new CustomEvent("sandbox-deleted",{detail:e.sandboxId,bubbles:!0}))})}async#o(e){this.#s=!0,this.#e=h,this.requestUpdate();try{await e(),this.close()}catch(s){let a=y(s);this.#e=I(a,M(a))}this.#s=!1,this.requestUpdate()}#p=e=>{e.target===this.querySelector("dialog")&&this.close()}};customElements.define("claw-sandbox-dialog",$);function ce(t,e=!0){if(!e)return i`<span class="state" data-testid="sandbox-state" data-state="unknown"><span class="dot"></span>no connection</span>`;let s=[g(t),t.message].filter(n=>n!=="").join(". "),a=w(t.state);return i`<span class="state ${E(t.state)}" data-testid="sandbox-state" data-state=${a} title=${s}><span class="dot"></span>${a}</span>`}function ue(t){return t.reason===1&&t.state!==8&&(t.exitCode??0)===0||t.state===4&&t.reason!==5&&t.reason!==11&&t.reason!==10?"":g(t)}function be(t,e){let s=v(t.leaseEndsAt);if(s===void 0||t.state!==4)return m;let a=s-e<5*6e4;return i`<span class="fact lease ${a?"soon":""}" data-testid="lease" title="Its lease ends ${S(s)}">${b("clock")}<span class="sr">Lease left </span>${k(s-e)}<span class="of"> left</span></span>`}function ge(t){return t===2||t===8}function $e(t){return t===4||t===3}function xe(t){return t!==6&&t!==7}function ye(t){return t===4}export{h as a,B as b,I as c,u as d,K as e,ce as f,ue as g,be as h,ge as i,$e as j,xe as k,ye as l};
