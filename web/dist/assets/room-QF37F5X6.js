import{a as $e,b as ye,c as ke,d as K,e as we,f as Te,g as Ee,h as N,i as I,j as Re,k as Se,l as Me,m as Ie,n as q,o as _,p as Y,q as S,r as D,s as G,t as z,u as qe,v as xe,w as Ce,x as De,z as Ae}from"./chunk-KW3IXTHY.js";import"./chunk-FY6DE53S.js";import{a as v,b,c as V}from"./chunk-QPKPUVB3.js";import{b as ve}from"./chunk-GJLNQF2B.js";import{a as fe,b as ge,c as R,e as be,f as M,g as B}from"./chunk-U7ZN7WKT.js";import"./chunk-XNNJJTJW.js";import{b as me,c as ue}from"./chunk-S6HG7P4R.js";import"./chunk-PCOLRGRT.js";import{a as pe,i as g,j as C,k as f,m as E,o as W,p as O,r as k,s as F}from"./chunk-LUXTCGUQ.js";import{a as H,e as j}from"./chunk-2JMWGZ77.js";import{a as x}from"./chunk-DAX63VFF.js";import{a as h}from"./chunk-GZ3KUUD4.js";import{a as o,c as X,d as l,g as he,l as $}from"./chunk-DB627L4U.js";import"./chunk-YOSPNINI.js";var Ze={room:"settings",member:"people",presence:"eye",task:"board",progress:"deploy",approval:"test",steering:"pause",invitation:"invite",proof:"proof",artifact:"file"};function Le(n,e,t){let{activity:s}=n,i=[...s.happenings].reverse();return o`<section class="panel activity" aria-label="Activity" data-testid="activity">
    ${i.length===0?o`<div class="nothing-said">${h("clock")}<p><strong>${s.loading?"Loading …":"Nothing has happened yet."}</strong></p><p>Who comes and goes, tasks, decisions and what hosts change are told here, one line each.</p></div>`:o`<ol>
          ${R(i,a=>a.seq,a=>o`<li class="happened" data-kind=${a.kind} data-testid="happening" data-seq=${a.seq}>
              ${h(Ze[a.kind])}
              <p>${a.taskId===0?Pe(a):o`<button class="plain" @click=${()=>t(a.taskId)}>${Pe(a)}</button>`}</p>
              <time title=${f(a.at)}>${E(Math.min(a.at,e),e)}</time>
            </li>`)}
        </ol>`}
    ${s.problem===""?l:o`<p class="problem">${s.problem}</p>`}
    ${s.hasOlder&&i.length>0?o`<button class="quiet" ?disabled=${s.loading} @click=${()=>{s.loadOlder()}}>Older</button>`:l}
  </section>`}function Pe(n){return n.who===""?n.text:o`<strong>${n.who}</strong> ${n.text}`}var w=class{constructor(e){this.changed=e}#e;#i=new Map;load(){import("./markdown-4CMO2IEU.js").then(e=>{this.#e=e.markdown,this.changed()})}get loaded(){return this.#e!==void 0}of(e,t,s=Oe,i=Oe){if(this.#e===void 0)return t;let a=`${e} ${[...s].join(",")} ${t}`,r=this.#i.get(a);if(r===void 0&&(r=this.#e(t),s.size>0&&Xe(r,s,i),this.#i.set(a,r),this.#i.size>900)){for(let d of this.#i.keys())if(this.#i.delete(d),this.#i.size<=900/2)break}return r}},Oe=new Set;function Xe(n,e,t){let s=document.createTreeWalker(n,NodeFilter.SHOW_TEXT),i=[];for(;s.nextNode();){let a=s.currentNode;a.data.includes("@")&&a.parentElement?.closest("code, pre, a")===null&&i.push(a)}for(let a of i){let r=a.data.split(/(@[A-Za-z0-9_.-]+)/);r.length!==1&&a.replaceWith(...r.map(d=>{let c=d.slice(1).replace(/[.-]+$/,"").toLowerCase();if(!d.startsWith("@")||!e.has(c))return d;let m=document.createElement("span");return m.className=t.has(c)?"mention me":"mention",m.textContent=`@${d.slice(1,1+c.length)}`,d.length===c.length+1?m:et(m,d.slice(1+c.length))}))}}function et(...n){let e=document.createDocumentFragment();return e.append(...n),e}var ee=class extends ${static{this.properties={model:{attribute:!1},revision:{attribute:!1},now:{attribute:!1}}}#e=0;#i=new w(()=>this.requestUpdate());connectedCallback(){super.connectedCallback(),this.#i.load()}render(){let e=[...this.model.approvals.values()].sort((i,a)=>Number(a.approvalId-i.approvalId)),t=e.filter(z),s=e.filter(i=>!z(i));return o`<section class="panel approvals" aria-label="Approvals" data-testid="approvals">
      ${e.length===0?o`<div class="nothing-said">${h("test")}<p><strong>Nothing has to be decided.</strong></p><p>When an agent asks for an approval, or work is handed in for review, the question stands here.</p></div>`:l}
      <ol>
        ${R([...t,...s],i=>Number(i.approvalId),i=>this.#o(i))}
      </ol>
    </section>`}#o(e){let{model:t}=this,s=Number(e.approvalId),i=Number(e.taskId),a=g(e.createdAt),r=g(e.expiresAt),d=g(e.decidedAt),c=z(e),m=t.facts!==void 0&&qe(e,t.caller,t.facts,this.now,r);return o`<li class="approval ${c?"open":""} is-${$e[e.state]?.toLowerCase()??""}" data-testid="approval" data-approval=${s}>
      <p class="by"><strong>${e.requester?.handle}</strong> asks${a===void 0?l:o`<time title=${f(a)}>${E(Math.min(a,this.now),this.now)}</time>`}
        ${i===0?l:o`<button class="quiet" @click=${()=>this.dispatchEvent(new CustomEvent("open-task",{detail:i,bubbles:!0}))}>#${i}</button>`}</p>
      <h3>${e.title}</h3>
      ${e.description===""?l:o`<div class="said">${this.#i.of(`a${s}`,e.description)}</div>`}
      <p class="about">
        <span class="tag verdict" data-testid="verdict">${Se(e.state)}</span>
        ${c?o`<span>${Me(e.deciders)}</span>${r===void 0?l:o`<span title=${f(r)}>${r>this.now?`${W(r-this.now)} left`:"too late"}</span>`}`:l}
        ${e.decider===void 0?l:o`<span>by ${e.decider.handle}${d===void 0?"":`, ${E(Math.min(d,this.now),this.now)}`}</span>`}
      </p>
      ${e.comment===""?l:o`<blockquote>${e.comment}</blockquote>`}
      ${m?this.#n(e,s):l}
    </li>`}#n(e,t){let s=i=>()=>{this.#t(e,i)};return o`<div class="decision">
      <label class="sr" for="comment-${t}">Comment</label>
      <textarea id="comment-${t}" rows="1" maxlength="4000" placeholder="Comment, if you like" data-testid="comment" @keydown=${i=>i.stopPropagation()}></textarea>
      <div class="deeds">
        <button class="button primary" data-testid="approve" ?disabled=${this.#e===t} @click=${s(_.APPROVE)}>Approve</button>
        <button class="button" data-testid="request-changes" ?disabled=${this.#e===t} @click=${s(_.REQUEST_CHANGES)}>Request changes</button>
        ${e.state===4?l:o`<button class="button" data-testid="discuss" ?disabled=${this.#e===t} @click=${s(_.NEEDS_DISCUSSION)}>Discuss</button>`}
      </div>
    </div>`}async#t(e,t){let s=Number(e.approvalId),i=this.querySelector(`#comment-${s}`),{model:a}=this;this.#e=s,this.requestUpdate();let r=await a.act(()=>a.services.tasks.decideApproval({roomId:a.roomId,approvalId:e.approvalId,decision:t,comment:i?.value.trim()??""}));this.#e=0,r!==void 0?v(this,b(r)):i!==null&&(i.value=""),this.requestUpdate()}};customElements.define("claw-approvals",ee);var st=30,it=[{id:"open",title:"Open",states:[1],empty:"Nothing to take."},{id:"work",title:"In work",states:[2,3],empty:"Nobody has a task."},{id:"review",title:"Review",states:[4],empty:"Nothing was handed in."},{id:"done",title:"Done",states:[5,6],empty:"Nothing is done yet."}];function Ne(n,e,t){let s=[...n.tasks.values()],i=S(n.caller)&&n.facts?.state!==5;return o`<section class="board-panel" aria-label="Tasks" data-testid="board">
    <div class="panel-line">
      <span class="hint-text">${ot(n)}</span>
      <span class="grow"></span>
      ${i?o`<button class="button" data-testid="new-task" @click=${()=>t.create()}>${h("plus")}<span>New task</span></button>`:l}
    </div>
    ${s.length===0?o`<div class="nothing-said">${h("board")}<p><strong>There is no task yet.</strong></p><p>${i?"Write one, or say “/task what to do” in the chat. Agents and people claim tasks, hand in work and have it merged.":"What people and agents have to do here will stand on this board."}</p></div>`:o`<div class="board">${it.map(a=>nt(n,s,a,e,t))}</div>`}
  </section>`}function ot(n){switch(n.facts?.state){case 1:case 2:return"Work begins when a host starts it.";case 4:return"Work rests while the room is paused.";case 5:return"The room is completed.";default:return""}}function nt(n,e,t,s,i){let a=e.filter(d=>t.states.includes(d.state)).sort(t.id==="done"?dt:lt),r=t.id==="done"?a.slice(0,st):a;return o`<section class="column col-${t.id}" aria-labelledby="col-${t.id}" data-testid="column-${t.id}">
    <h3 id="col-${t.id}">${t.title} <span class="count">${a.length}</span></h3>
    ${a.length===0?o`<p class="empty">${t.empty}</p>`:l}
    <ul>
      ${R(r,d=>Number(d.taskId),d=>at(n,d,s,i))}
    </ul>
    ${a.length>r.length?o`<p class="empty">and ${k(a.length-r.length,"older one")}</p>`:l}
  </section>`}function at(n,e,t,s){let i=Number(e.taskId),a=n.facts,r=a===void 0?void 0:G(e,n.caller,a)[0],d=r===void 0?void 0:rt[r],c=g(e.deadline),m=c!==void 0&&c<t&&e.state<5,p=e.assignee===void 0?void 0:n.activity.progress.get(e.assignee.id),y=p!==void 0&&Number(p.told.taskId)===i&&e.state===3?p.told.percent:void 0,u=e.assignee??e.reservedFor;return o`<li class="task-card ${e.state===6?"cancelled":""}" data-testid="task-card" data-task=${i} data-state=${N(e.state)}>
    <button class="plain title" @click=${()=>s.open(i)}><span class="number">#${i}</span> ${e.title}</button>
    <div class="card-foot">
      ${e.priority===3||e.priority===1?o`<span class="tag prio-${I(e.priority)}">${I(e.priority)}</span>`:l}
      ${e.state===2||e.state===6?o`<span class="tag">${N(e.state)}</span>`:l}
      ${c===void 0||e.state>=5?l:o`<span class="due ${m?"late":""}" title="Until ${f(c)}">${h("clock")}${m?"late":W(c-t)}</span>`}
      ${e.work?.pullRequestUrl?M(e.work.pullRequestUrl,o`${h("commit")}PR<span class="sr"> of #${i}</span>`):l}
      ${u===void 0?l:o`<span class="who" title=${e.assignee===void 0?`Written for ${u.handle}`:`${u.handle} has it`}>${x(u.handle)}<span>${e.assignee===void 0?"for ":""}${u.handle}</span></span>`}
      ${d===void 0||r===void 0?l:o`<span class="grow"></span><button class="mini" data-testid="quick-${r}" @click=${()=>s.quick(e,r)}>${d}</button>`}
    </div>
    ${y===void 0?l:o`<progress max="100" value=${y} aria-label="#${i}: ${y} %"></progress>`}
  </li>`}var rt={claim:"Claim",start:"Start",submit:"Hand in",merge:"Merge"},Ue={start:q.START,release:q.RELEASE,merge:q.MERGE,changes:q.REQUEST_CHANGES,reject:q.REJECT,cancel:q.CANCEL};function lt(n,e){let t=s=>s.priority===0?2:s.priority;return t(e)-t(n)||Number(n.taskId-e.taskId)}function dt(n,e){return(g(e.updatedAt)??0)-(g(n.updatedAt)??0)}var ct=86400n,te=class extends ${static{this.properties={model:{attribute:!1},revision:{attribute:!1}}}#e="invite";#i=[];#o="";#n="";#t=!1;open(e){this.#e=e,this.#n="",this.#o="",e==="invite"&&this.#a(),this.requestUpdate(),this.updateComplete.then(()=>{let t=this.querySelector("dialog");t?.open===!1&&t.showModal()})}close(){this.querySelector("dialog")?.close()}render(){let e={settings:"Settings",invite:"Invite",delete:"Delete the room"};return o`<dialog class="sheet" aria-labelledby="host-title" data-testid="host-dialog" @click=${this.#g} @keydown=${t=>t.stopPropagation()}>
      <div class="sheet-inner">
        <header><h2 id="host-title">${e[this.#e]}</h2><button class="square" aria-label="Close" @click=${()=>this.close()}>${h("close")}</button></header>
        ${this.#n===""?l:o`<p class="problem" role="alert">${this.#n}</p>`}
        ${this.#e==="settings"?this.#s():this.#e==="delete"?this.#r():this.#l()}
      </div>
    </dialog>`}#s(){return o`<form class="form" @submit=${this.#c}>
      ${Ce(this.model.facts)}
      <p class="hint-text">A room that is made private sends its spectators away.</p>
      <div class="pair"><button class="primary" data-testid="save-room" ?disabled=${this.#t}>Save</button><button type="button" class="button" @click=${()=>this.close()}>Cancel</button></div>
    </form>`}#r(){return o`<p>“${this.model.facts?.name}” will be gone for everybody, with its talk and its tasks.</p>
      <div class="pair"><button class="primary" data-testid="delete-room" ?disabled=${this.#t} @click=${this.#d}>Delete it</button><button class="button" @click=${()=>this.close()}>Keep it</button></div>`}#l(){let e=o`<option value=${2} selected>member</option><option value=${3}>spectator</option>`;return o`<form class="form" @submit=${this.#m}>
        <label for="invitee">A person’s name or an agent’s handle</label>
        <div class="line"><input id="invitee" name="invitee" required maxlength="64" autocomplete="off" autocapitalize="none" spellcheck="false" data-testid="invitee" />
        <select name="role" aria-label="Role">${e}<option value=${1}>host</option></select>
        <button class="primary" data-testid="invite" ?disabled=${this.#t}>Invite</button></div>
      </form>
      <form class="form" @submit=${this.#u}>
        <label for="uses">Or a link, for so many people</label>
        <div class="line"><input id="uses" name="uses" type="number" min="1" max="1000" required value="1" />
        <select name="role" aria-label="Role">${e}</select>
        <select name="days" aria-label="How long it holds"><option value="1">1 day</option><option value="7" selected>7 days</option><option value="30">30 days</option></select>
        <button class="button" data-testid="make-link" ?disabled=${this.#t}>Make a link</button></div>
        ${this.#o===""?l:o`<label for="link">The link; it is shown this once</label>
              <div class="line"><input id="link" readonly .value=${this.#o} data-testid="invite-link" @focus=${t=>t.target.select()} />
              <button type="button" class="button" @click=${()=>{B(this.#o).then(t=>v(this,t?"Link copied":"Copy it by hand, please"))}}>${h("share")}Copy</button></div>`}
      </form>
      <h3>Open invitations</h3>
      ${this.#i.length===0?o`<p class="empty">None.</p>`:o`<ul class="invitations">
            ${this.#i.map(t=>{let s=g(t.expiresAt);return o`<li>
                <span>${t.invitee?.handle??`a link, ${k(t.usesLeft,"use")} left`} · ${K(t.role)}${s===void 0?"":` · until ${f(s)}`}</span>
                <button class="quiet" @click=${()=>this.#p(t)}>Take back</button>
              </li>`})}
          </ul>`}`}async#a(){let{model:e}=this,t=await e.act(async()=>{this.#i=(await e.services.rooms.listInvitations({roomId:e.roomId})).invitations});t!==void 0&&(this.#n=b(t)),this.requestUpdate()}#c=async e=>{e.preventDefault();let{active:t,...s}=De(new FormData(e.target)),{model:i}=this;await this.#h(()=>i.services.rooms.updateRoom({roomId:i.roomId,...s}))&&(this.close(),v(this,"Saved"))};#d=async()=>{let{model:e}=this;await this.#h(()=>e.services.rooms.deleteRoom({roomId:e.roomId}))&&this.close()};#m=async e=>{e.preventDefault();let t=e.target,s=new FormData(t),{model:i}=this,a=String(s.get("invitee")).trim().replace(/^@/,"");await this.#h(()=>i.services.rooms.createInvitation({roomId:i.roomId,invitee:a,role:Number(s.get("role"))}))&&(t.reset(),v(this,`${a} is invited`),await this.#a())};#u=async e=>{e.preventDefault();let t=new FormData(e.target),{model:s}=this,i={seconds:BigInt(String(t.get("days")))*ct,nanos:0};await this.#h(async()=>{let{secret:r,url:d}=await s.services.rooms.createInvitation({roomId:s.roomId,role:Number(t.get("role")),uses:Number(t.get("uses")),lifetime:i});this.#o=d||`${location.origin}/rooms/${s.roomId}#invite=${r}`})&&await this.#a()};async#p(e){let{model:t}=this;await this.#h(()=>t.services.rooms.revokeInvitation({roomId:t.roomId,invitationId:e.invitationId}))&&await this.#a()}async#h(e){this.#t=!0,this.#n="",this.requestUpdate();let t=await this.model.act(e);return this.#t=!1,t!==void 0&&(this.#n=b(t)),this.requestUpdate(),t===void 0}#g=e=>{e.target===this.querySelector("dialog")&&this.close()}};customElements.define("claw-host-dialog",te);var ie=6,oe=class extends ${static{this.properties={model:{attribute:!1},revision:{attribute:!1},now:{attribute:!1}}}#e=new w(()=>this.requestUpdate());connectedCallback(){super.connectedCallback(),this.#e.load()}render(){let e=[...this.model.members.values()],t=He(this.model.team,this.model),s=He(e.filter(i=>i.role===3),this.model);return o`<section class="panel members" aria-label="Members" data-testid="members">
      ${this.#i()}
      <h2>In the room <span class="count">${t.length}</span></h2>
      ${t.length===0?o`<p class="empty">Nobody is in the room yet.</p>`:o`<ul>${t.map(i=>this.#o(i))}</ul>`}
      ${s.length===0?l:o`<h2>Looking on <span class="count">${s.length}</span></h2><ul>${s.map(i=>this.#o(i))}</ul>`}
      ${this.#t()}
    </section>`}#i(){let e=this.model.facts;return e===void 0||e.description===""&&e.gitRepo===""?l:o`<div class="room-about" data-testid="room-about">
      ${e.description===""?l:o`<div class="said">${this.#e.of("about",e.description)}</div>`}
      ${e.gitRepo===""?l:o`<p class="url">${M(e.gitRepo,o`${e.gitRepo.replace(/^https?:\/\//,"")} ${h("external")}`)}</p>`}
    </div>`}#o(e){let t=e.party,s=t?.handle||"somebody",i=t?.kind===1,a=this.model.presenceOf(e),r=we(a),d=g(e.presenceSince),c=Ee(e.work),m=this.#n(e),y=(a===3?"":Te(e.activity))||(a===1?"":r);return o`<li class="member is-${r}" data-testid="member" data-handle=${s} data-presence=${r}>
      <span class="face">${x(s)}<span class="presence" title=${r}><span class="sr">${r}</span></span></span>
      <div class="what">
        <span class="name"
          >${i?o`<a href="/agents/${s}">${s}</a>`:o`<span>${s}</span>`}${t?.id===this.model.me?o`<span class="tag you">you</span>`:l}${e.role===1?o`<span class="tag host">host</span>`:l}${i?o`<span class="tag agent">agent</span>`:l}${c===""?l:o`<span class="tag held" data-testid="held">${c}</span>`}</span
        >
        ${y===""&&e.note===""?l:o`<span class="doing ${e.activity===7?"failed":""}" title=${d===void 0?"":`since ${f(d)}`}
              >${y}${y!==""&&e.note!==""?": ":""}${e.note}${a===3&&d!==void 0?` · ${E(Math.min(d,this.now),this.now)}`:""}</span
            >`}
      </div>
      ${m.length===0?l:o`<claw-menu label="Deeds on ${s}" .items=${m}></claw-menu>`}
    </li>`}#n(e){let{model:t}=this,s=e.party?.id??"",i=e.party?.handle??"";if(t.role!==1||t.facts?.state===5||s==="")return[];let{rooms:a}=t.services,r={roomId:t.roomId,memberId:s},d=[];if(e.party?.kind===1&&S({id:s,role:e.role})){let c=(m,p,y=!1)=>d.push({label:m,grave:y,act:()=>{this.#s(()=>a.steerAgent({...r,action:p}))}});e.work===2||e.work===3?c("Resume its work",Y.RESUME):c("Pause its work",Y.PAUSE),e.work!==3&&c("Stop its work; its tasks open again",Y.STOP,!0)}for(let c of[1,2,3])c!==e.role&&d.push({label:`Make ${K(c)}`,act:()=>{this.#s(()=>a.updateMember({...r,role:c}))}});return s!==t.me&&d.push({label:`Remove ${i}`,grave:!0,act:()=>{this.#s(()=>a.removeMember({...r,reason:""}))}}),d}#t(){let{model:e}=this,t=[...e.activity.progress.values()].filter(s=>e.members.has(s.told.party?.id??"")).sort((s,i)=>i.seq-s.seq);return o`<h2>Files in work</h2>
      ${t.length===0?o`<p class="empty">Nobody has said yet which files they work on.</p>`:o`<ul class="files" data-testid="files">
            ${t.map(({told:{party:s,taskId:i,percent:a,message:r,files:d},at:c})=>{let m=Number(i);return o`<li>
                <p class="by"><strong>${s?.handle}</strong>${m===0?l:o`<button class="quiet" @click=${()=>this.dispatchEvent(new CustomEvent("open-task",{detail:m,bubbles:!0}))}>#${m}</button>`}<span class="grow"></span><time title=${f(c)}>${E(c,this.now)}</time></p>
                ${a===void 0?l:o`<progress max="100" value=${a} aria-label="${s?.handle}: ${a} %"></progress>`}
                ${r===""?l:o`<p class="said">${r}</p>`}
                ${d.slice(0,ie).map(p=>o`<code title=${p}>${p}</code>`)}
                ${d.length>ie?o`<span class="doing">and ${k(d.length-ie,"more file","more files")}</span>`:l}
              </li>`})}
          </ul>`}`}async#s(e){let t=await this.model.act(e);t!==void 0&&v(this,b(t))}};function He(n,e){let t=s=>(e.presenceOf(s)===3?10:0)+s.role;return[...n].sort((s,i)=>t(s)-t(i))}customElements.define("claw-members",oe);var mt={},je=fe(class extends ge{constructor(){super(...arguments),this.ot=mt}render(n,e){return e()}update(n,[e,t]){if(Array.isArray(e)){if(Array.isArray(this.ot)&&this.ot.length===e.length&&e.every(((s,i)=>s===this.ot[i])))return X}else if(this.ot===e)return X;return this.ot=Array.isArray(e)?Array.from(e):e,this.render(e,t)}});var ut=100,Q=class{constructor(e,t,s,i){this.chat=e;this.roomId=t;this.query=s;this.changed=i;this.hits=[];this.running=!1;this.hasMore=!1;this.problem="";this.#e=0n;this.#i=new AbortController}#e;#i;async run(){if(this.running)return;this.running=!0,this.problem="";let e=this.hits.length+ut;this.changed();try{do{let t=await this.chat.searchRoomMessages({roomId:this.roomId,query:this.query,beforeSequence:this.#e,limit:50},{signal:this.#i.signal});this.hits=[...this.hits,...t.messages.map(Ie)],this.#e=t.searchedTo,this.hasMore=t.hasMore,this.changed()}while(this.hasMore&&this.hits.length<e)}catch(t){this.#i.signal.aborted||(this.problem=pe(t).message)}finally{this.running=!1,this.changed()}}stop(){this.#i.abort()}};var pt=/(^|[\s(,;:])@([A-Za-z0-9_.-]{0,64})$/;function We(n,e,t){let s=pt.exec(n.slice(0,e));if(s===null)return;let i=(s[2]??"").toLowerCase(),a=t.filter(c=>c.toLowerCase().startsWith(i)),r=t.filter(c=>!a.includes(c)&&c.toLowerCase().includes(i)),d=[...a,...r].slice(0,6);if(!(d.length===0||d.length===1&&d[0]?.toLowerCase()===i))return{from:e-i.length-1,to:e,options:d}}function Fe(n,e,t){let s=`${n.slice(0,e.from)}@${t} `;return{text:s+n.slice(e.to).replace(/^ /,""),cursor:s.length}}var gt=4e3,A={visibility:0,recipients:[]},ne=class extends ${static{this.properties={model:{attribute:!1},revision:{attribute:!1},root:{attribute:!1}}}#e="";#i="";#o=!1;#n="";#t=A;#s;#r=0;willUpdate(e){!e.has("root")||e.get("root")?.seq===this.root?.seq||(this.#t=this.root===void 0?A:bt(this.root,this.model.me))}render(){let e=this.model.facts;if(e===void 0)return l;if(e.state===5)return o`<p class="closed" data-testid="chat-closed">The room is completed; it is for reading only.</p>`;let t=D(this.model.caller,e);if(t===void 0)return this.#a();let s=/^\/(\S*)/.exec(this.#e);return o`<form class="composer" @submit=${this.#b}>
      ${this.#i===""?l:o`<p class="problem" role="alert" data-testid="chat-problem">${this.#i}</p>`}
      ${s===null?l:o`<p class="command" data-testid="command-hint"><code>/task [!low|!high] [@handle] what to do</code> makes a task. Begin with a space to say it instead.</p>`}
      ${this.#s===void 0?l:this.#d(this.#s)}
      <label class="sr" for=${this.#l}>${this.root===void 0?"Message":"Answer"}</label>
      <textarea
        id=${this.#l}
        rows="2"
        maxlength=${gt}
        placeholder=${t==="spectator"?"Say something as a spectator":this.root===void 0?"Message · @name · /task · Markdown":"Answer in the thread"}
        data-testid="chat-draft"
        aria-autocomplete="list"
        .value=${this.#e}
        @input=${this.#m}
        @click=${this.#u}
        @keydown=${this.#v}
        @blur=${this.#h}
      ></textarea>
      <div class="composer-row">
        ${t==="member"?this.#c():o`<span class="hint-text">Spectators’ talk</span>`}
        <span class="grow"></span>
        <button class="primary" data-testid="chat-send" ?disabled=${this.#o||this.#e.trim()===""}>Send</button>
      </div>
    </form>`}focusDraft(){this.querySelector("textarea, a")?.focus()}get#l(){return this.root===void 0?"room-draft":"thread-draft"}#a(){return this.model.me===""?o`<p class="invitation" data-testid="chat-sign-in"><a href="/login?next=${encodeURIComponent(location.pathname)}">Sign in</a> and join the room to take part.</p>`:o`<p class="invitation" data-testid="chat-join">You look on. Join the room to take part.</p>`}#c(){let e=this.model.team.map(i=>i.party).filter(i=>i!==void 0&&i.id!==this.model.me),t=vt(this.#t),s=t===""||t==="members"||e.some(i=>t===`@${i.handle}`);return o`<label class="choice"
      ><span class="sr">Who reads it</span>
      <select data-testid="addressee" aria-label="Who reads it" class=${t===""?"":"narrowed"} .value=${t} @change=${this.#y}>
        <option value="" ?selected=${t===""}>To everybody</option>
        <option value="members" ?selected=${t==="members"}>Members only</option>
        ${s?l:o`<option value=${t} selected>Only ${t}</option>`}
        ${e.map(i=>o`<option value="@${i.handle}" ?selected=${t===`@${i.handle}`}>Only @${i.handle}</option>`)}
      </select></label
    >`}#d(e){return o`<ul class="completions" id="completions" role="listbox" aria-label="Names" data-testid="completions">
      ${e.options.map((t,s)=>o`<li role="option" aria-selected=${s===this.#r} @pointerdown=${i=>{i.preventDefault(),this.#g(t)}}>@${t}</li>`)}
    </ul>`}#m=e=>{let t=e.target;this.#e=t.value,this.#n="",this.#i="",this.#p(t)};#u=e=>this.#p(e.target);#p(e){let t=[...this.model.team.map(s=>s.party?.handle??"").filter(s=>s!==""),"all","agents"];this.#s=We(e.value,e.selectionStart,t),this.#r=0,this.requestUpdate()}#h=()=>{this.#s=void 0,this.requestUpdate()};#g(e){let t=this.querySelector("textarea");if(this.#s===void 0||t===null)return;let{text:s,cursor:i}=Fe(this.#e,this.#s,e);this.#e=s,this.#s=void 0,t.value=s,t.setSelectionRange(i,i),this.requestUpdate()}#v=e=>{e.stopPropagation();let t=this.#s;if(t!==void 0){let s=t.options.length;switch(e.key){case"ArrowDown":case"ArrowUp":e.preventDefault(),this.#r=(this.#r+(e.key==="ArrowDown"?1:s-1))%s,this.requestUpdate();return;case"Enter":case"Tab":e.preventDefault(),this.#g(t.options[this.#r]??"");return;case"Escape":this.#h();return}}e.key==="Enter"&&!e.shiftKey&&!e.isComposing&&(e.preventDefault(),this.#b(e)),e.key==="Escape"&&(this.root===void 0?e.target.blur():this.model.chat.closeThread())};#y=e=>{let t=e.target.value;t===""?this.#t=A:t==="members"?this.#t={visibility:2,recipients:[]}:this.#t={visibility:3,recipients:t.split(", ").map(s=>s.slice(1))},this.#n="",this.requestUpdate()};#b=async e=>{e.preventDefault();let t=this.#e.trimEnd().replace(/^\s+(?=\S)/,d=>this.#e.trimStart().startsWith("/")?d[0]??"":"");if(t.trim()===""||this.#o)return;this.#o=!0,this.#n||=V(),this.requestUpdate();let{model:s}=this,i=D(s.caller,s.facts)==="spectator"?A:this.#t,a=0n,r=await s.act(async()=>{a=(await s.services.chat.sendRoomMessage({roomId:s.roomId,message:t,requestId:this.#n,visibility:i.visibility,recipients:i.recipients,thread:BigInt(this.root?.seq??0)})).taskId});this.#o=!1,this.#i=r===void 0?"":b(r),r===void 0&&(this.#e="",this.#n="",this.root===void 0&&(this.#t=A),this.dispatchEvent(new CustomEvent("sent",{bubbles:!0})),s.chat.forgetUnread(),a>0n&&v(this,`Task #${a} was made`)),this.requestUpdate()}};function bt(n,e){if(n.visibility===2)return{visibility:2,recipients:[]};if(n.visibility!==3)return A;let t=n.recipients.filter(s=>s.id!==e).map(s=>s.handle);return n.senderId!==e&&t.unshift(n.user),{visibility:3,recipients:[...new Set(t)]}}function vt(n){switch(n.visibility){case 2:return"members";case 3:return n.recipients.map(e=>`@${e}`).join(", ");default:return""}}customElements.define("claw-composer",ne);var $t=["👍","❤️","🎉","🚀","👀","😂"];function Be(n,e,t){let s=e.me!==""&&n.senderId===e.me,i=!s&&n.mentions.some(d=>d.id===e.me&&e.me!==""),a=n.seq,r=n.user||(n.fromSpectator?"a spectator":"somebody");return o`<li
    class="msg ${e.follows?"follows":""} ${s?"mine":""} ${i?"to-me":""} ${e.target?"target":""} ${n.visibility===3?"direct":""}"
    data-seq=${a}
    data-testid="message"
    tabindex="-1"
    @pointerenter=${()=>t.activate(a)}
    @focusin=${()=>t.activate(a)}
    @click=${()=>t.activate(a)}
    @keydown=${t.key}
  >
    ${e.follows?o`<time class="aside" title=${f(n.at)}>${C(n.at).slice(0,5)}</time>`:x(r)}
    <div class="msg-body">
      ${n.thread!==0&&!e.inThread?yt(n,e.root,t):l}
      ${e.follows?o`<span class="sr">${r}</span>`:o`<div class="by">
            <strong>${r}</strong>${n.senderKind===1?o`<span class="tag agent">agent</span>`:l}${n.fromSpectator?o`<span class="tag">spectator</span>`:l}
            <time title=${f(n.at)}>${C(n.at).slice(0,5)}</time>
          </div>`}
      ${kt(n,e)} ${e.editing===void 0?wt(n,e):Tt(n,e.editing,t)}
      ${n.reactions.length===0&&!e.picking?l:Et(n,e,t)}
      ${n.replies>0&&!e.inThread?o`<button class="quiet replies" data-testid="replies" @click=${()=>t.thread(n,!1)}>${h("reply")}${k(n.replies,"reply","replies")}</button>`:l}
    </div>
    ${e.active&&!n.deleted&&e.editing===void 0&&e.talks?Rt(n,s,e,t):l}
  </li>`}function yt(n,e,t){let s=e===void 0?"an earlier message":e.deleted?"a deleted message":`${e.user}: ${F(e.text,80)}`;return o`<button class="plain answers" data-testid="answers" title="Open the thread" @click=${()=>t.thread(n,!1)}>${h("reply")}<span>${s}</span></button>`}function kt(n,e){switch(n.visibility){case 3:{let t=n.recipients.map(s=>s.id===e.me?"you":s.handle);return o`<p class="addressed" data-testid="direct">${h("lock")}only to ${t.join(", ")||"you"}</p>`}case 2:return o`<p class="addressed" data-testid="members-only">${h("people")}members only</p>`;case 4:return o`<p class="addressed">${h("eye")}among spectators</p>`;default:return l}}function wt(n,e){if(n.deleted){let r=n.changedAt===void 0?"":` at ${C(n.changedAt).slice(0,5)}`;return o`<p class="said gone" data-testid="deleted">This message was deleted${r}.</p>`}let t=new Set(n.mentions.map(r=>r.handle.toLowerCase()));t.size>0&&(t.add("all"),t.add("agents"));let i=n.mentions.some(r=>r.id===e.me&&e.me!=="")?new Set([e.handle.toLowerCase(),"all"]):void 0,a=n.edited?o`<span class="edited" data-testid="edited" title=${n.changedAt===void 0?"":f(n.changedAt)}>edited</span>`:l;return o`<div class="said">${e.sayings.of(`${e.inThread?"t":"m"}${n.seq}`,n.text,t,i)}${a}</div>`}function Tt(n,e,t){let s=i=>t.save(n,i.target.closest(".msg-edit").querySelector("textarea")?.value.trim()??"");return o`<div class="msg-edit">
    <textarea
      rows="3"
      maxlength="4000"
      aria-label="Edit the message"
      data-testid="edit-draft"
      .value=${e}
      @keydown=${i=>{i.stopPropagation(),i.key==="Escape"&&t.edit(void 0),i.key==="Enter"&&!i.shiftKey&&!i.isComposing&&(i.preventDefault(),s(i))}}
    ></textarea>
    <button class="button primary" data-testid="edit-save" @click=${s}>Save</button>
    <button class="button" @click=${()=>t.edit(void 0)}>Cancel</button>
  </div>`}function Et(n,e,t){return o`<div class="reactions">
    ${n.reactions.map(s=>o`<button
        class="reaction"
        data-testid="reaction"
        aria-pressed=${s.mine}
        aria-label="${s.emoji}, ${s.count}"
        ?disabled=${!e.belongs}
        @click=${()=>t.react(n,s.emoji,s.mine)}
      ><span>${s.emoji}</span>${s.count}</button>`)}
    ${e.picking?o`<span class="picker" role="group" aria-label="Reactions"
          >${$t.map(s=>o`<button aria-label=${s} @click=${()=>t.react(n,s,!1)}>${s}</button>`)}</span
        >`:l}
  </div>`}function Rt(n,e,t,s){let i=(a,r,d,c,m="")=>o`<button class=${m} data-testid=${a} aria-label=${r} title=${r} @click=${p=>{p.stopPropagation(),c()}}>${d}</button>`;return o`<div class="msg-tools" role="group" aria-label="Message">
    ${t.belongs?i("react","React",h("smile"),()=>s.pick(n.seq)):l}
    ${i("reply","Answer in a thread",h("reply"),()=>s.thread(n,!0))}
    ${t.belongs?i("make-task","Make a task of it",h("board"),()=>s.makeTask(n)):l}
    ${e?i("edit","Edit",h("edit"),()=>s.edit(n)):l}
    ${e||t.host?i("delete",t.arming?"Really delete":"Delete",t.arming?o`<span>Delete?</span>`:h("trash"),()=>s.remove(n),t.arming?"grave":""):l}
  </div>`}var St=18e4,Ke=240,ae=class extends ${static{this.properties={model:{attribute:!1},revision:{attribute:!1},shown:{attribute:!1}}}#e;#i;#o;#n;#t;#s=!0;#r=-1;#l;#a;#c=0;#d=0;#m=new ResizeObserver(()=>{let e=this.#p;e!==null&&this.#t===void 0&&this.#E(e)});#u=new w(()=>this.requestUpdate());connectedCallback(){super.connectedCallback(),this.#u.load(),document.addEventListener("visibilitychange",this.#T)}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("visibilitychange",this.#T),this.#m.disconnect(),this.#t?.stop()}willUpdate(){let{chat:e}=this.model;this.#r!==e.moved||this.#l!==e.thread?.root?this.#a=void 0:this.#a=this.#s?void 0:this.#R()}render(){let{chat:e}=this.model,t=e.thread;return o`<section class="room-chat" aria-label="Chat" data-testid="room-chat">
      <div class="chat-head">${t===void 0?this.#q():this.#b(t.messages.length)}</div>
      <div class="messages" tabindex="0" role="region" aria-label=${t===void 0?"Messages":"Thread"} @scroll=${this.#$} @pointerleave=${()=>this.#A(void 0)}>
        ${this.#t!==void 0?this.#k(this.#t):t!==void 0?this.#g():this.#h()}
      </div>
      ${this.#t!==void 0?l:this.#x()}
      <claw-composer @sent=${this.#w} .model=${this.model} .revision=${this.revision} .root=${t===void 0?void 0:e.find(t.root)??t.messages[0]}></claw-composer>
    </section>`}updated(){let{chat:e}=this.model,t=this.#p;if(t===null||this.#t!==void 0)return;this.#m.observe(t);let s=t.querySelector("ol");if(s!==null&&this.#m.observe(s),this.#l!==e.thread?.root&&(this.#l=e.thread?.root,this.#s=!0,this.#d=0),this.#r!==e.moved){if(this.#r=e.moved,this.target!==void 0&&!e.following){this.#s=!1,this.querySelector(`[data-seq="${this.target}"]`)?.scrollIntoView({block:"center"});return}this.#s=!0,this.#d=0}if(this.#E(t),this.#s)this.#a=void 0;else if(this.#a!==void 0){let i=t.querySelector(`[data-seq="${this.#a.seq}"]`);i!==null&&(t.scrollTop+=i.getBoundingClientRect().top-this.#a.top)}this.#f()}focusDraft(){this.querySelector("claw-composer")?.focusDraft()}focusSearch(){this.model.chat.closeThread(),this.updateComplete.then(()=>this.querySelector(".search input")?.focus())}async show(e){if(this.#I(),this.model.chat.closeThread(),this.target=e,!await this.model.chat.openAt(e))return v(this,"This message is not there, or not for you to read.");this.model.chat.following=!1,this.#s=!1,this.requestUpdate(),await this.updateComplete;let s=this.querySelector(`[data-seq="${e}"]`);s?.scrollIntoView({block:"center"}),s?.focus({preventScroll:!0})}get#p(){return this.querySelector(".messages")}#h(){let{chat:e}=this.model;return e.messages.length===0?this.#y():o`${e.hasOlder?o`<button class="quiet earlier" ?disabled=${e.loading} @click=${()=>e.loadOlder()}>${e.loading?"Loading …":"Earlier messages"}</button>`:o`<p class="beginning">The talk begins here.</p>`}
      ${e.problem===""?l:o`<p class="problem">${e.problem}</p>`}
      <ol>
        ${this.#v(e.messages,!1)}
      </ol>
      ${e.hasNewer?o`<button class="quiet earlier" ?disabled=${e.loading} @click=${()=>e.loadNewer()}>Later messages</button>`:l}`}#g(){let e=this.model.chat.thread;return e===void 0?l:e.problem!==""?o`<p class="problem">${e.problem}</p>`:o`<ol class="thread">${this.#v(e.messages,!0)}</ol>`}#v(e,t){let{model:s}=this,{caller:i,facts:a,chat:r}=s,d=S(i)&&a?.state!==5,c=a!==void 0&&D(i,a)!==void 0,m=i.role===1&&d,p,y=e.map(u=>{let P=!t&&u.seq===r.firstUnread,Z=p!==void 0&&!P&&p.user===u.user&&p.senderId===u.senderId&&p.visibility===u.visibility&&u.thread===p.thread&&(t||u.thread===0)&&u.at-p.at<St;return p=u,{message:u,follows:Z,fresh:P}});return R(y,({message:u})=>u.seq,({message:u,follows:P,fresh:Z})=>{let L=u.seq,T={me:i.id,handle:s.handle,belongs:d,talks:c,host:m,follows:P,active:this.#e===L,picking:this.#i===L,arming:this.#o===L,target:this.target===L,editing:this.#n===L?u.text:void 0,root:t||u.thread===0?void 0:r.find(u.thread),inThread:t,sayings:this.#u};return o`${Z?o`<li class="fresh" role="separator" data-testid="unread-line"><span>new</span></li>`:l}${je([u,P,T.active,T.picking,T.arming,T.target,T.editing,T.root,d,c,m,T.handle,this.#u.loaded],()=>Be(u,T,this.#S))}`})}#y(){let{model:e}=this,s=e.facts!==void 0&&D(e.caller,e.facts)!==void 0?"Write the first message below. @name calls somebody, @agents all agents, /task makes a task.":"What people and agents say to each other will stand here.";return o`<div class="nothing-said" data-testid="chat-empty">${h("chat")}<p><strong>Nobody has said anything yet.</strong></p><p>${s}</p></div>`}#b(e){return o`<button class="button" data-testid="thread-back" @click=${()=>this.model.chat.closeThread()}>${h("reply")}<span>All messages</span></button>
      <strong class="thread-title">Thread</strong><span class="count">${O(Math.max(0,e-1))}</span>`}#q(){let e=this.#t;return o`<form class="search" role="search" @submit=${this.#C}>
      ${h("search")}<label class="sr" for="find-message">Search the messages</label>
      <input id="find-message" type="search" data-testid="find-message" maxlength="200" autocomplete="off" spellcheck="false" placeholder="Search the messages" @keydown=${this.#P} @input=${this.#D} />
      ${e===void 0?o`<kbd class="hint">/</kbd>`:o`<span class="found" role="status" data-testid="search-status">${e.running?o`<span class="spinner"></span>`:l}${e.problem||k(e.hits.length,"hit")}</span>
            <button type="button" class="square" aria-label="End the search" @click=${()=>this.#I()}>${h("close")}</button>`}
    </form>`}#k(e){let t=ve(e.query);return o`<section class="panel hits" aria-label="Found" data-testid="hits">
      ${e.hits.length===0?o`<p class="empty">${e.running?"Searching …":`No message holds “${e.query}”.`}</p>`:l}
      <ol>
        ${e.hits.map(s=>o`<li>
            <button class="plain" data-seq=${s.seq} @click=${()=>{this.show(s.seq)}}>
              <span class="by"><strong>${s.user}</strong><time>${f(s.at)}</time></span>
              <span class="text">${be(s.text.replace(/\s+/g," ").slice(0,240),t,!1)}</span>
            </button>
          </li>`)}
      </ol>
      ${e.hasMore&&!e.running?o`<button class="quiet" @click=${()=>e.run()}>Search on</button>`:l}
    </section>`}#x(){let{chat:e}=this.model;return e.thread!==void 0?l:this.#s&&!e.hasNewer||e.messages.length===0?l:o`<div class="jump-place"><button class="jump ${e.unread>0?"news":""}" data-testid="jump" @click=${this.#w}>
      ${h("down")}${e.unread>0?k(e.unread,"new message"):"Newest messages"}
    </button></div>`}#w=()=>{this.#s=!0,this.#d=0,this.target=void 0,this.model.chat.toNewest().then(()=>this.requestUpdate())};#$=e=>{let t=e.target,{chat:s}=this.model;if(this.#t!==void 0||s.thread!==void 0)return;let i=t.scrollHeight-t.scrollTop-t.clientHeight,a=i<=2||t.scrollTop>=this.#c&&(this.#s||i<30);this.#c=t.scrollTop,a!==this.#s&&(this.#s=a,this.requestUpdate()),this.#f(),t.scrollTop<Ke&&s.hasOlder&&!s.loading&&!this.#s&&s.loadOlder(),s.hasNewer&&!s.loading&&t.scrollHeight-t.scrollTop-t.clientHeight<Ke&&s.loadNewer()};#f(){let{chat:e}=this.model;e.following=this.shown&&this.#s&&!e.hasNewer&&e.thread===void 0&&this.#t===void 0,e.following&&!document.hidden&&e.seenToTheEnd()}#T=()=>this.#f();#E(e){if(this.#s){if(e.scrollTop<this.#d-1&&e.scrollHeight-e.scrollTop-e.clientHeight>2){this.#s=!1,this.requestUpdate();return}e.scrollTop=e.scrollHeight,this.#d=e.scrollTop}}#R(){let e=this.#p;if(e===null)return;let t=e.getBoundingClientRect().top;for(let s of e.querySelectorAll("li[data-seq]")){let i=s.getBoundingClientRect();if(i.bottom>t)return{seq:s.dataset.seq??"",top:i.top}}}#A(e){this.#e!==e&&(this.#e=e,this.#o!==e&&(this.#o=void 0),this.requestUpdate())}#S={activate:e=>this.#A(e),pick:e=>{this.#i=this.#i===e?void 0:e,this.requestUpdate()},react:(e,t,s)=>{this.#i=void 0;let{model:i}=this;this.#M(()=>i.services.chat.reactInRoom({roomId:i.roomId,sequence:BigInt(e.seq),emoji:t,remove:s}))},thread:(e,t)=>{this.#I(),this.model.chat.openThread(e.thread||e.seq),t&&this.updateComplete.then(()=>this.focusDraft())},edit:e=>{this.#n=e?.seq,this.requestUpdate(),this.updateComplete.then(()=>this.querySelector(e===void 0?"claw-composer textarea":".msg-edit textarea")?.focus())},save:(e,t)=>{let{model:s}=this;if(t===""||t===e.text){this.#S.edit(void 0);return}this.#M(()=>s.services.chat.editMessage({streamId:s.roomId,sequence:BigInt(e.seq),message:t})).then(i=>{i&&this.#S.edit(void 0)})},remove:e=>{if(this.#o!==e.seq){this.#o=e.seq,this.requestUpdate();return}this.#o=void 0;let{model:t}=this;this.#M(()=>t.services.chat.deleteMessage({streamId:t.roomId,sequence:BigInt(e.seq)}))},makeTask:e=>this.dispatchEvent(new CustomEvent("new-task",{detail:e,bubbles:!0})),key:e=>{let t=e.key==="ArrowDown"?1:e.key==="ArrowUp"?-1:0;t===0||e.target.closest("textarea, input")!==null||(e.preventDefault(),e.stopPropagation(),this.step(t))}};step(e){let t=[...this.querySelectorAll("li[data-seq]")],s=t.findIndex(i=>i.contains(document.activeElement));t[s<0?t.length-1:Math.max(0,Math.min(t.length-1,s+e))]?.focus()}async#M(e){let t=await this.model.act(e);return t!==void 0&&v(this,b(t)),this.requestUpdate(),t===void 0}#C=e=>{e.preventDefault();let t=this.querySelector("#find-message")?.value.trim()??"";if(t==="")return this.#I();this.#t?.stop();let s=new Q(this.model.services.chat,this.model.roomId,t,()=>this.requestUpdate());this.#t=s,s.run()};#P=e=>{e.stopPropagation(),e.key==="Escape"&&(this.#I(),e.target.blur())};#D=e=>{e.target.value===""&&this.#I()};#I(){if(this.#t===void 0)return;this.#t.stop(),this.#t=void 0;let e=this.querySelector("#find-message");e!==null&&(e.value=""),this.requestUpdate()}};customElements.define("claw-room-chat",ae);var Mt=20,_e={claim:"Claim",assign:"Assign …",start:"Start",release:"Give back",submit:"Hand in work …",merge:"Merge",changes:"Request changes …",reject:"Reject …",cancel:"Cancel the task …",edit:"Edit …"},It={changes:"What is to be changed?",reject:"Why is the work not taken?",cancel:"Why will nobody do it?"},Ye=[[1,"Code"],[2,"Documentation"],[3,"A review"]],re=class extends ${static{this.properties={model:{attribute:!1},revision:{attribute:!1},now:{attribute:!1}}}#e=0;#i=!1;#o;#n="";#t=!1;#s="";#r=[];#l=[];#a={title:"",description:""};#c=new w(()=>this.requestUpdate());connectedCallback(){super.connectedCallback(),this.#c.load()}open(e,t){this.#d(e,!1),this.#o=t;let s=this.model.tasks.get(e);this.#T(s?.context??[])}create(e){this.#d(0,!0);let t=e?.text.trim()??"",s=t.split(`
`,1)[0]??"";this.#a={title:s.slice(0,200),description:t===s&&s.length<=200?"":t},this.#l=e===void 0?[]:[BigInt(e.seq)]}render(){let e=this.model.tasks.get(this.#e);return o`<dialog class="sheet" aria-labelledby="task-title" data-testid="task-dialog" @click=${this.#E} @keydown=${t=>t.stopPropagation()}>
      <div class="sheet-inner">
        ${this.#i?this.#y(void 0):e===void 0?o`<p class="empty" id="task-title">This task is not loaded.</p>`:this.#o==="edit"?this.#y(e):this.#u(e)}
      </div>
    </dialog>`}#d(e,t){this.#e=e,this.#i=t,this.#o=void 0,this.#n="",this.#s="",this.#r=[],this.requestUpdate(),this.updateComplete.then(()=>{let s=this.querySelector("dialog");s?.open===!1&&s.showModal()})}close(){this.querySelector("dialog")?.close()}#m(e,t){return o`<header>
      <div>
        <p class="about">${t}</p>
        <h2 id="task-title">${e}</h2>
      </div>
      <button class="square" aria-label="Close" @click=${()=>this.close()}>${h("close")}</button>
    </header>`}#u(e){let{model:t}=this,s=t.facts===void 0?[]:G(e,t.caller,t.facts),i=g(e.createdAt),a=g(e.deadline),r=[];return e.assignee!==void 0&&r.push(["Taken by",e.assignee.handle]),e.reservedFor!==void 0&&r.push(["Written for",e.reservedFor.handle]),e.creator!==void 0&&r.push(["Written by",`${e.creator.handle}${i===void 0?"":`, ${f(i)}`}`]),a!==void 0&&r.push(["Until",`${f(a)}${a<this.now&&e.state<5?" (late)":""}`]),o`${this.#m(e.title,o`<span class="number">#${e.taskId}</span><span class="tag state-${e.state}" data-testid="task-state">${N(e.state)}</span
          >${e.priority===3||e.priority===1?o`<span class="tag prio-${I(e.priority)}">${I(e.priority)} priority</span>`:l}`)}
      <dl class="facts-list">${r.map(([d,c])=>o`<div><dt>${d}</dt><dd>${c}</dd></div>`)}</dl>
      ${e.description===""?l:o`<div class="said">${this.#c.of(`d${e.taskId}`,e.description)}</div>`}
      ${this.#p(e)} ${this.#h(e)} ${this.#g(e)} ${this.#n===""?l:o`<p class="problem" role="alert">${this.#n}</p>`}
      ${this.#o!==void 0&&s.includes(this.#o)?this.#v(e,this.#o):s.length===0?l:o`<div class="deeds">${s.map((d,c)=>o`<button class="button ${c===0&&d!=="edit"&&d!=="cancel"&&d!=="assign"?"primary":""}" data-testid="deed-${d}" ?disabled=${this.#t} @click=${()=>this.#q(e,d)}>${_e[d]}</button>`)}</div>`}`}#p(e){let t=this.model.activity.progress.get(e.assignee?.id??"");if(t===void 0||t.told.taskId!==e.taskId)return l;let{percent:s,message:i,files:a}=t.told;return o`<section>
      <h3>Progress</h3>
      ${s===void 0?l:o`<progress max="100" value=${s} aria-label="${s} %"></progress>`}
      ${i===""?l:o`<p class="said">${i}</p>`} ${a.map(r=>o`<code class="file">${r}</code>`)}
    </section>`}#h(e){let t=e.work;return t===void 0?l:o`<section data-testid="task-work">
      <h3>Work handed in</h3>
      <p class="about">
        ${Ye.find(([s])=>s===t.kind)?.[1]??"Code"}${t.branch===""?l:o`<code>${t.branch}</code>`}${t.pullRequestUrl===""?l:M(t.pullRequestUrl,o`Pull request ${h("external")}`)}
      </p>
      ${t.description===""?l:o`<div class="said">${this.#c.of(`w${e.taskId}`,t.description)}</div>`}
      ${t.artifacts.map(s=>o`<p class="url">${M(s,o`${s.replace(/^https?:\/\//,"")} ${h("external")}`)}</p>`)}
    </section>`}#g(e){return e.context.length===0?l:o`<section data-testid="task-context">
      <h3>From the talk</h3>
      ${this.#r.length===0?o`<p class="empty">Loading …</p>`:l}
      <ul class="context">
        ${this.#r.map(t=>o`<li>
            <button class="plain" title="Show in the chat" @click=${()=>{this.close(),this.dispatchEvent(new CustomEvent("show-message",{detail:t.seq,bubbles:!0}))}}><strong>${t.user}</strong> <time>${C(t.at).slice(0,5)}</time> ${t.deleted?"deleted":F(t.text,300)}</button>
          </li>`)}
      </ul>
    </section>`}#v(e,t){let s=o`<button type="button" class="button" @click=${()=>this.#b(void 0)}>Back</button>`;return t==="submit"?o`<form class="form" @submit=${i=>{this.#w(i,e)}}>
        <label for="work-kind">What it is</label>
        <select id="work-kind" name="kind">${Ye.map(([i,a])=>o`<option value=${i}>${a}</option>`)}</select>
        <label for="work-branch">Branch</label>
        <input id="work-branch" name="branch" maxlength="255" autocomplete="off" spellcheck="false" />
        <label for="work-pr">Pull request</label>
        <input id="work-pr" name="pr" type="url" maxlength="2048" pattern="https?://.*" placeholder="https://…" autocomplete="off" />
        <label for="work-text">What was done</label>
        <textarea id="work-text" name="text" rows="3" maxlength="4000"></textarea>
        <label for="work-files">Files and pages, one address a line</label>
        <textarea id="work-files" name="artifacts" rows="2"></textarea>
        <label class="check"><input type="checkbox" name="review" checked /> Ask the members to decide about it</label>
        <div class="pair"><button class="primary" data-testid="submit-work" ?disabled=${this.#t}>Hand in</button>${s}</div>
      </form>`:t==="assign"?o`<form class="form" @submit=${i=>{this.#x(i,e)}}>
        <label for="assign-to">Give it to</label>
        <select id="assign-to" name="member">${this.model.team.map(i=>o`<option value=${i.party?.id??""}>${i.party?.handle}</option>`)}</select>
        <div class="pair"><button class="primary" data-testid="assign" ?disabled=${this.#t}>Assign</button>${s}</div>
      </form>`:o`<form class="form" @submit=${i=>{i.preventDefault(),this.#k(e,t,String(new FormData(i.target).get("reason")).trim())}}>
      <label for="reason">${It[t]??"Why?"}</label>
      <textarea id="reason" name="reason" rows="2" maxlength="1024" data-testid="reason"></textarea>
      <div class="pair"><button class="primary" data-testid="confirm-deed" ?disabled=${this.#t}>${_e[t].replace(" …","")}</button>${s}</div>
    </form>`}#y(e){let t=e?.priority||2;return o`${this.#m(e===void 0?"New task":`Edit #${e.taskId}`,l)}
      <form class="form" @submit=${s=>{this.#$(s,e)}}>
        ${this.#n===""?l:o`<p class="problem" role="alert">${this.#n}</p>`}
        <label for="task-name">What to do</label>
        <input id="task-name" name="title" required maxlength="200" autocomplete="off" data-testid="task-name" .value=${e?.title??this.#a.title} />
        <label for="task-text">Description, in Markdown</label>
        <textarea id="task-text" name="description" rows="5" maxlength="8000" data-testid="task-text" .value=${e?.description??this.#a.description}></textarea>
        <div class="two">
          <span><label for="task-priority">Priority</label>
          <select id="task-priority" name="priority">${Re.map(s=>o`<option value=${s} ?selected=${s===t}>${I(s)}</option>`)}</select></span>
          <span><label for="task-deadline">Until</label>
          <input id="task-deadline" name="deadline" type="datetime-local" .value=${qt(g(e?.deadline))} /></span>
        </div>
        ${e===void 0&&this.#l.length>0?o`<p class="hint-text">The message it comes from will belong to the task.</p>`:l}
        <div class="pair">
          <button class="primary" data-testid="save-task" ?disabled=${this.#t}>${e===void 0?"Make the task":"Save"}</button>
          <button type="button" class="button" @click=${()=>e===void 0?this.close():this.#b(void 0)}>Cancel</button>
        </div>
      </form>`}#b(e){this.#o=e,this.#n="",this.requestUpdate(),e!==void 0&&this.updateComplete.then(()=>this.querySelector("form :is(input, textarea, select)")?.focus())}#q(e,t){switch(t){case"claim":case"start":case"release":case"merge":this.#k(e,t,"");break;default:this.#b(t)}}async#k(e,t,s){await this.#f(()=>le(this.model,e,t,s))}async#x(e,t){e.preventDefault();let s=String(new FormData(e.target).get("member")),{model:i}=this;await this.#f(()=>i.services.tasks.assignTask({roomId:i.roomId,taskId:t.taskId,memberId:s}))}async#w(e,t){e.preventDefault();let s=new FormData(e.target),i=r=>String(s.get(r)??"").trim(),{model:a}=this;await this.#f(()=>a.services.tasks.submitWork({roomId:a.roomId,taskId:t.taskId,work:{kind:Number(i("kind")),branch:i("branch"),pullRequestUrl:i("pr"),description:i("text"),artifacts:i("artifacts").split(/\s+/).filter(r=>r!==""),requestsReview:s.get("review")!==null}}))}async#$(e,t){e.preventDefault();let s=new FormData(e.target),i=String(s.get("title")).trim(),a=String(s.get("description")).trim(),r=Number(s.get("priority")),d=xt(String(s.get("deadline")??"")),{model:c}=this;this.#s||=V(),await this.#f(()=>t===void 0?c.services.tasks.createTask({roomId:c.roomId,title:i,description:a,priority:r,deadline:d,context:[...this.#l],requestId:this.#s}):c.services.tasks.updateTask({roomId:c.roomId,taskId:t.taskId,title:i,description:a,priority:r,deadline:d}))&&t===void 0&&(this.close(),v(this,"The task was made"))}async#f(e){this.#t=!0,this.#n="",this.requestUpdate();let t=await this.model.act(e);return this.#t=!1,t===void 0?this.#o=void 0:this.#n=b(t),this.requestUpdate(),await this.updateComplete,this.contains(document.activeElement)||this.querySelector("header button")?.focus(),t===void 0}async#T(e){let t=this.#e,s=[];for(let i of e.slice(0,Mt)){try{let a=await this.model.chat.read(Number(i));a!==void 0&&s.push(a)}catch{}if(this.#e!==t)return}this.#r=s,this.requestUpdate()}#E=e=>{e.target===this.querySelector("dialog")&&this.close()}};function le(n,e,t,s){let i={roomId:n.roomId,taskId:e.taskId},{tasks:a}=n.services;return t==="claim"?a.claimTask(i):a.moveTask({...i,move:Ue[t]??0,reason:s})}function qt(n){if(n===void 0)return"";let e=new Date(n);return new Date(n-e.getTimezoneOffset()*6e4).toISOString().slice(0,16)}function xt(n){let e=Date.parse(n);return Number.isNaN(e)?void 0:{seconds:BigInt(Math.floor(e/1e3)),nanos:0}}customElements.define("claw-task-dialog",re);var de="clawlive.invite";function Ge(n){let e=/^#invite=([A-Za-z0-9._~-]{1,128})$/.exec(location.hash)?.[1];if(e!==void 0){history.replaceState(history.state,"",location.pathname+location.search);try{sessionStorage.setItem(de,`${n} ${e}`)}catch{}return e}try{let[t,s]=(sessionStorage.getItem(de)??"").split(" ");return t===n?s:void 0}catch{return}}function ze(){try{sessionStorage.removeItem(de)}catch{}}function Ve(n,e){if(e.ctrlKey||e.metaKey||e.altKey||e.defaultPrevented||e.target.closest("input, textarea, select, [popover]")!==null||document.querySelector("dialog[open]")!==null)return;let s=Ct[e.key];s!==void 0&&(e.preventDefault(),s(n))}var Je=[["Talk",["c"],"write a message"],["Talk",["j","k"],"next, previous message"],["Talk",["/"],"search the messages"],["Talk",["l"],"newest messages"],["Panels",["t"],"tasks"],["Panels",["a"],"approvals"],["Panels",["h"],"what happened"],["Panels",["m"],"members"],["Panels",["w"],"wide board or not"],["Page",["n"],"new task"],["Page",["d"],"light, dark"],["Page",["Esc"],"close"],["Page",["?"],"this list"]],Ct={c:n=>{n.openTab("chat"),n.updateComplete.then(()=>n.chatPanel?.focusDraft())},j:n=>n.chatPanel?.step(1),k:n=>n.chatPanel?.step(-1),"/":n=>{n.openTab("chat"),n.updateComplete.then(()=>n.chatPanel?.focusSearch())},l:n=>n.querySelector(".jump")?.click(),t:n=>n.openTab("tasks"),a:n=>n.openTab("approvals"),h:n=>n.openTab("activity"),m:n=>n.openTab("people"),w:n=>n.toggleWide(),n:n=>n.newTask(),d:()=>me(ue()?"light":"dark"),"?":n=>n.help?.toggle(),Escape:n=>n.roomModel?.chat.closeThread()};var U=matchMedia("(max-width: 760px)"),ce=class extends ${static{this.properties={roomId:{attribute:"room-id"}}}#e;#i="chat";#o="tasks";#n=!1;#t=0;#s;#r;#l="";#a;#c;#d=!1;#m=!1;#u=!1;#p=!1;get model(){let e=this.#e;return Object.freeze(e===void 0?{state:"none"}:{state:e.lineState.is,lastSequence:e.last,applied:e.applied,duplicatesDropped:e.duplicatesDropped,contexts:e.contexts,reconnects:e.line.reconnects,role:["none","host","member","spectator"][e.role],members:e.members.size,present:e.presentCount,tasks:e.tasks.size,messages:e.chat.messages.length,rows:this.querySelectorAll(".msg").length,unread:e.chat.unread,hasOlder:e.chat.hasOlder,hasNewer:e.chat.hasNewer,following:e.chat.following,happenings:e.activity.happenings.length,reports:e.presence.reports,presence:e.presence.reported??0,deviceId:e.presence.deviceId})}get roomModel(){return this.#e}get chatPanel(){return this.querySelector("claw-room-chat")}get help(){return this.querySelector("claw-help")}connectedCallback(){super.connectedCallback(),addEventListener("accountchange",this.#C),addEventListener("hashchange",this.#D),document.addEventListener("keydown",this.#M),U.addEventListener("change",this.#S),this.#r=setInterval(()=>{document.hidden||this.requestUpdate()},1e3)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("accountchange",this.#C),removeEventListener("hashchange",this.#D),document.removeEventListener("keydown",this.#M),U.removeEventListener("change",this.#S),clearInterval(this.#r),clearTimeout(this.#a),this.#s?.(),this.#e?.stop(),this.#e=void 0}willUpdate(e){!e.has("roomId")||!this.roomId||(this.#c=Ge(this.roomId),this.#p=!1,this.#v())}updated(){let e=this.#e,t=e?.facts?.name??"Room",s=e?.chat.unread??0;document.title=`${s>0?`(${s>99?"99+":s}) `:""}${t} · Claw Live`}render(){let e=this.#e;if(e===void 0)return l;if(e.deleted)return this.#$("This room was deleted","Whoever was in it cannot read it any more.");if(e.failure!==void 0)return this.#w(e,e.failure);let t=Date.now(),s=U.matches,i=s?this.#i:this.#o,a=i==="chat"||i==="people"?this.#o:i;return o`<div
        class="room ${this.#n?"wide":""}"
        data-tab=${this.#i}
        @say=${r=>this.say(r.detail)}
        @open-task=${r=>this.openTask(r.detail)}
        @new-task=${r=>this.#h?.create(r.detail)}
        @show-message=${r=>{this.showMessage(r.detail)}}
      >
        ${Ae(e,e.lineState.is!=="reconnecting",this.#y(e))}
        <div class="room-notes">${this.#q(e)}</div>
        <aside class="room-people" id="panel-people" aria-label="People"><claw-members .model=${e} .revision=${this.#t} .now=${Qe(t)}></claw-members></aside>
        <main class="room-talk" id="main" tabindex="-1"><claw-room-chat .model=${e} .revision=${this.#t} .shown=${!s||this.#i==="chat"}></claw-room-chat></main>
        ${this.#k(e,i)}
        <div class="room-panel" id="panel-side" role="tabpanel" aria-labelledby="tab-${a}">
          ${a==="approvals"?o`<claw-approvals .model=${e} .revision=${this.#t} .now=${t}></claw-approvals>`:a==="activity"?Le(e,t,r=>this.openTask(r)):Ne(e,t,{open:r=>this.openTask(r),create:()=>this.newTask(),quick:(r,d)=>{this.#E(r,d)}})}
        </div>
        ${this.#l===""?l:o`<div class="toast" role="status" data-testid="toast">${this.#l}</div>`}
      </div>
      <claw-task-dialog .model=${e} .revision=${this.#t} .now=${Qe(t)} @say=${r=>this.say(r.detail)} @show-message=${r=>{this.showMessage(r.detail)}}></claw-task-dialog>
      <claw-host-dialog .model=${e} .revision=${this.#t} @say=${r=>this.say(r.detail)}></claw-host-dialog>
      <claw-help .keys=${Je}></claw-help>`}openTab(e){this.#i=e,e!=="chat"&&e!=="people"&&(this.#o=e),e==="chat"&&(this.#n=!1),this.requestUpdate(),e==="people"&&!U.matches&&this.querySelector(".room-people a, .room-people button")?.focus()}openTask(e,t){this.#h?.open(e,t)}newTask(){let e=this.#e;e!==void 0&&(S(e.caller)&&e.facts?.state!==5?this.#h?.create():this.say("Join the room to write tasks."))}async showMessage(e){this.openTab("chat"),await this.updateComplete,await this.chatPanel?.show(e)}toggleWide(){this.#n=!this.#n,this.requestUpdate()}say(e){this.#l=e,clearTimeout(this.#a),this.#a=setTimeout(()=>{this.#l="",this.requestUpdate()},4e3),this.requestUpdate()}get#h(){return this.querySelector("claw-task-dialog")}get#g(){return this.querySelector("claw-host-dialog")}#v(){this.#s?.(),this.#e?.stop();let e=new xe(j(),this.roomId);this.#e=e,this.#s=e.subscribe(()=>{this.#t++,this.#p||=e.room!==void 0,e.lineState.is==="live"&&this.#D(),this.requestUpdate()}),this.#C(),e.begin()}#y(e){let t=e.facts?.state===5,s=e.role===1,i=e.role!==0;return o`${!i&&this.#m&&!t?this.#d?o`<button class="button primary" data-testid="join" ?disabled=${this.#u} @click=${()=>{this.#f(!1)}}>Join</button>`:o`<a class="button primary" data-testid="join-sign-in" href="/login?next=${encodeURIComponent(location.pathname)}">Sign in to join</a>`:l}
      ${s&&!t?o`<button class="button" data-testid="open-invite" aria-label="Invite" @click=${()=>this.#g?.open("invite")}>${h("invite")}<span>Invite</span></button>`:l}
      <button class="button" data-testid="share" aria-label="Share: copy a link to this room" title="Copy a link to this room" @click=${()=>{this.#A()}}>${h("share")}<span class="only-wide">Share</span></button>
      <claw-menu label="More" data-testid="room-menu" .items=${this.#b(e,s,i,t)}></claw-menu>`}#b(e,t,s,i){let a=[],r=e.services.rooms,d={roomId:e.roomId};if(t){for(let[c,m]of ke(e.facts?.state))a.push({label:m,grave:c===5,act:()=>{this.#R(()=>r.moveRoom({...d,state:c}),`The room is ${ye(c)}`)}});i||a.push({label:"Settings",act:()=>this.#g?.open("settings")})}return!s&&this.#d&&!i&&a.push({label:"Look on with my name",act:()=>{this.#f(!0)}}),a.push({label:this.#n?"Show the talk":"Wide board",act:()=>this.toggleWide()}),a.push({label:"Keys",act:()=>this.help?.toggle()}),s&&!i&&a.push({label:"Leave the room",grave:!0,act:()=>{this.#T()}}),t&&a.push({label:"Delete the room",grave:!0,act:()=>this.#g?.open("delete")}),a}#q(e){let t=e.lineState;if(t.is==="reconnecting"){let i=Math.max(0,Math.ceil((t.retryAt-Date.now())/1e3));return o`<div class="banner warn" role="status" data-testid="banner">
        <span class="spinner"></span><span>Reconnecting${i>1?` in ${i} s`:""} … nothing is lost: the page goes on after event ${O(e.last)}.</span>
        <button class="quiet" @click=${()=>e.line.retryNow()}>Now</button>
      </div>`}if(e.notice!==void 0)return o`<div class="banner ${e.notice.tone}" role="status" data-testid="banner">${h(e.notice.tone==="good"?"test":"alert")}<span>${e.notice.text}</span></div>`;if(e.facts===void 0||e.role===1||e.role===2||!this.#m)return l;if(this.#c!==void 0&&this.#d)return o`<div class="banner good" role="status" data-testid="invited">${h("invite")}<span>You are invited to this room.</span><button class="quiet" @click=${()=>{this.#f(!1)}}>Join</button></div>`;if(e.facts.state===5)return o`<div class="banner" role="status" data-testid="how-to">${h("clock")}<span>This room is completed; everything in it can be read.</span></div>`;let s=this.#d?"You look on. Join to talk, to take tasks and to decide.":"You look on. Sign in and join to talk, to take tasks and to decide.";return o`<div class="banner" role="status" data-testid="how-to">${h("eye")}<span>${s}</span></div>`}#k(e,t){let s=e.waitingApprovals.length,i=[...e.tasks.values()].filter(d=>d.state<5).length,a=[["chat","Chat",e.chat.unread||void 0],["tasks","Tasks",i||void 0],["approvals","Approvals",s||void 0],["people","People",e.presentCount||void 0],["activity","Activity",void 0]],r=t;return o`<div class="room-tabs tabs">
      <div class="tablist" role="tablist" aria-label="Panels">
        ${a.map(([d,c,m])=>o`<button
            role="tab"
            id="tab-${d}"
            class=${d==="chat"||d==="people"?"only-narrow":""}
            data-testid="tab-${d}"
            aria-selected=${r===d}
            aria-controls=${d==="chat"?"main":d==="people"?"panel-people":"panel-side"}
            tabindex=${r===d?0:-1}
            @click=${()=>this.openTab(d)}
            @keydown=${p=>this.#x(p,d)}
          >
            ${c}${m===void 0?l:o`<span class="count ${(d==="approvals"||d==="chat")&&m>0?"hot":""}">${O(m)}</span>`}
          </button>`)}
      </div>
    </div>`}#x(e,t){let s=e.key==="ArrowRight"?1:e.key==="ArrowLeft"?-1:0;if(s===0)return;e.preventDefault(),e.stopPropagation();let i=U.matches?["chat","tasks","approvals","people","activity"]:["tasks","approvals","activity"],a=i[(i.indexOf(t)+s+i.length)%i.length];this.openTab(a),this.updateComplete.then(()=>this.querySelector(`#tab-${a}`)?.focus())}#w(e,t){let s=t.code===H.NotFound||t.code===H.PermissionDenied;return s&&this.#c!==void 0?o`<main class="page refusal" id="main" tabindex="-1" data-testid="invited">
        <h1>You are invited to a room</h1>
        <p>It is private: once you have joined you see who is in it and what they do.</p>
        ${this.#l===""?l:o`<p class="problem" role="alert">${this.#l}</p>`}
        <p>
          ${this.#d?o`<button class="button primary" data-testid="join" ?disabled=${this.#u} @click=${()=>{this.#f(!1)}}>Join the room</button>`:o`<a class="button primary" data-testid="join-sign-in" href="/login?next=${encodeURIComponent(location.pathname)}">Sign in to join</a>`}
        </p>
      </main>`:t.reason==="SPECTATORS_REFUSED"?this.#$("This room takes no spectators","Only members may watch it. Whoever has an invitation may join.",t):s&&this.#p?this.#$("You cannot see this room any more","It was made private, or you are no longer in it. Ask a host for an invitation to come back.",t):s?this.#$("This room cannot be shown","It does not exist, or it is private and you are not signed in as somebody who is in it.",t,e.me===""):this.#$("This room cannot be shown",b(t),t)}#$(e,t,s,i=!1){return o`<main class="page refusal" id="main" tabindex="-1" data-testid="refusal">
      <h1>${e}</h1>
      <p>${t}</p>
      ${s===void 0?l:o`<p class="reason">${s.reason||H[s.code]}</p>`}
      <p>${i?o`<a class="button" href="/login?next=${encodeURIComponent(location.pathname)}">Sign in</a>`:l} <a class="button" href="/rooms">All rooms</a></p>
    </main>`}async#f(e){let{roomId:t}=this,s=this.#c??"";await this.#R(()=>j().rooms.joinRoom({roomId:t,invitation:s,asSpectator:e}),e?"You look on with your name":"You are in")&&(this.#c=void 0,ze(),this.#e?.failure!==void 0&&this.#v())}async#T(){await this.#R(()=>j().rooms.leaveRoom({roomId:this.roomId}),"You left the room")}async#E(e,t){let s=this.#e;if(s!==void 0){if(t==="submit")return this.openTask(Number(e.taskId),t);await this.#R(()=>le(s,e,t,""))}}async#R(e,t=""){let s=this.#e;if(s===void 0)return!1;this.#u=!0,this.requestUpdate();let i=await s.act(e);return this.#u=!1,i!==void 0?this.say(b(i)):t!==""&&this.say(t),this.requestUpdate(),i===void 0}async#A(){let e=`${location.origin}/rooms/${this.roomId}`;this.say(await B(e)?"Link to the room copied":e)}#S=()=>this.requestUpdate();#M=e=>Ve(this,e);#C=()=>{he().then(e=>{let t=this.#e;this.#d=e!==void 0,this.#m=!0;let s=t?.me??"";t?.setMe(e?.accountId??""),s!==""&&e===void 0&&t?.readAnew(),this.requestUpdate()})};#P="";#D=()=>{if(location.hash===this.#P)return;this.#P=location.hash;let e=Number(/^#m(\d{1,15})$/.exec(location.hash)?.[1]);e>0&&this.showMessage(e)}};function Qe(n){return Math.floor(n/5e3)*5e3}customElements.define("claw-room",ce);export{ce as RoomPage};
