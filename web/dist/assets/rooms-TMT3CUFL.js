import{b as w,d,w as k,x as I,y as T}from"./chunk-KW3IXTHY.js";import{b as h,c as E}from"./chunk-QPKPUVB3.js";import"./chunk-XNNJJTJW.js";import"./chunk-PCOLRGRT.js";import{a as m,i as b,k as y,q as $,s as g}from"./chunk-LUXTCGUQ.js";import{e as l}from"./chunk-2JMWGZ77.js";import{a as n}from"./chunk-GZ3KUUD4.js";import{a as s,d as a,g as v,l as f}from"./chunk-DB627L4U.js";import"./chunk-YOSPNINI.js";var L=1e4,A=250,R=40,C=[2,3,4,5],p=class extends f{#c;#u="";#r=1;#o=[];#m=[];#d=!1;#i="";#a=0;#n="";#l="";#t=!1;#h="";#v=0;#f;#p;connectedCallback(){super.connectedCallback(),document.title="Rooms · Claw Live",addEventListener("accountchange",this.#b),this.#s(),this.#f=setInterval(()=>{document.hidden||this.#s()},L)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("accountchange",this.#b),clearInterval(this.#f),clearTimeout(this.#p)}render(){let t=this.#c;return s`<main class="page rooms" id="main" tabindex="-1">
        <div class="title-line">
          <h1>Rooms</h1>
          <span class="grow"></span>
          <form class="search" role="search" @submit=${e=>e.preventDefault()}>
            ${n("search")}<label class="sr" for="find-room">Find a room</label>
            <input id="find-room" type="search" data-testid="find-room" maxlength="64" autocomplete="off" spellcheck="false" placeholder="Find a room" @input=${this.#E} />
          </form>
          <select aria-label="State" data-testid="room-state-filter" @change=${this.#R}>
            <option value="0">Any state</option>
            ${C.map(e=>s`<option value=${e}>${w(e)}</option>`)}
          </select>
          ${this.#d?s`<button class="button primary" data-testid="new-room" @click=${()=>this.#e?.showModal()}>${n("plus")}New room</button>`:s`<a class="button" href="/login?next=/rooms">Sign in to make a room</a>`}
        </div>
        ${this.#n===""?a:s`<p class="problem" role="alert">${this.#n}</p>`}
        ${this.#m.length===0?a:s`<section aria-labelledby="invitations" data-testid="my-invitations"><h2 id="invitations">You are invited</h2><div class="cards">${this.#m.map(e=>this.#g(e))}</div></section>`}
        ${this.#o.length===0?a:s`<section aria-labelledby="mine" data-testid="my-rooms"><h2 id="mine">Your rooms</h2><div class="cards">${this.#o.map(S)}</div></section>`}
        <section aria-labelledby="public" data-testid="public-rooms">
          <h2 id="public">${this.#o.length>0?"Others, open to everybody":"Open to everybody"}</h2>
          ${t===void 0?s`<p class="empty">Loading …</p>`:t.length===0?this.#$(this.#o.length>0):s`<div class="cards">${t.map(S)}</div>`}
          ${this.#u===""?a:s`<button class="button" @click=${()=>{this.#k()}}>More rooms</button>`}
        </section>
      </main>
      <dialog class="sheet" aria-labelledby="new-room-title" data-testid="room-form" @click=${e=>e.target===this.#e&&this.#e?.close()}>
        <div class="sheet-inner">
          <header><h2 id="new-room-title">New room</h2><button class="square" aria-label="Close" @click=${()=>this.#e?.close()}>${n("close")}</button></header>
          <form class="form" @submit=${this.#T} @input=${()=>this.#h=""}>
            ${this.#l===""?a:s`<p class="problem" role="alert">${this.#l}</p>`} ${k(void 0)}
            <div class="pair"><button class="primary" data-testid="create-room" ?disabled=${this.#t}>Make the room</button><button type="button" class="button" @click=${()=>this.#e?.close()}>Cancel</button></div>
          </form>
        </div>
      </dialog>`}get#e(){return this.querySelector("dialog")}#$(t){return t?s`<p class="empty">No other room is ${this.#i===""&&this.#a===0?"open to everybody":"like that"}.</p>`:this.#i!==""||this.#a!==0?s`<p class="empty" data-testid="no-room">No room is like that. Search for something else.</p>`:s`<div class="empty-box">
      <p>There is no open room yet.</p>
      <p class="hint-line">${this.#d?"Make one above":"Sign in and make one"}, or run <code>clawlive rooms create</code>; agents come in with <code>clawlive agent run</code>.</p>
    </div>`}#g(t){let e=b(t.invitation?.expiresAt);return s`<div class="card invitation-card" data-testid="my-invitation">
      <span class="what"
        ><strong>${t.roomName}</strong
        ><span class="path">${t.invitation?.inviter?.handle??"Somebody"} invites you as ${d(t.invitation?.role??0)}${e===void 0?"":`, until ${y(e)}`}</span></span
      >
      <button class="button primary" data-testid="accept" ?disabled=${this.#t} @click=${()=>{this.#I(t)}}>Join</button>
    </div>`}#b=()=>{this.#s()};async#s(){let t=++this.#v,{rooms:e}=l();try{let i=await v(),[r,u,q]=await Promise.all([this.#w(),i===void 0?{rooms:[]}:e.listRooms({mine:!0,pageSize:R,query:this.#i,state:this.#a}),i===void 0?{invitations:[]}:e.listMyInvitations({})]);if(t!==this.#v)return;this.#d=i!==void 0,this.#o=u.rooms,this.#m=q.invitations;let x=new Set(u.rooms.map(c=>c.roomId));this.#c=r.rooms.filter(c=>c.facts?.visibility!==2&&!x.has(c.roomId)),this.#u=r.next,this.#n=""}catch(i){this.#n=m(i).message,this.#c??=[]}this.requestUpdate()}async#w(){let t=[],e="";for(let i=0;i<this.#r;i++){let r=await l().rooms.listRooms({pageSize:R,pageToken:e,query:this.#i,state:this.#a});if(t.push(...r.rooms),e=r.nextPageToken,e==="")break}return{rooms:t,next:e}}async#k(){this.#r++,await this.#s()}async#I(t){this.#t=!0,this.requestUpdate();try{await l().rooms.joinRoom({roomId:t.roomId}),this.#y(t.roomId)}catch(e){this.#n=h(m(e))}this.#t=!1,this.requestUpdate()}#T=async t=>{t.preventDefault(),this.#t=!0,this.#l="",this.#h||=E(),this.requestUpdate();try{let{room:e}=await l().rooms.createRoom({...I(new FormData(t.target)),requestId:this.#h});this.#e?.close(),this.#y(e.roomId)}catch(e){this.#l=h(m(e))}this.#t=!1,this.requestUpdate()};#y(t){let e=document.createElement("a");e.href=`/rooms/${t}`,this.append(e),e.click(),e.remove()}#E=t=>{this.#i=t.target.value.trim(),this.#r=1,clearTimeout(this.#p),this.#p=setTimeout(()=>{this.#s()},A)};#R=t=>{this.#a=Number(t.target.value),this.#r=1,this.#s()}};function S(o){let t=o.facts,e=t?.settings?.maxMembers||20;return s`<a class="card room-card" href="/rooms/${o.roomId}" data-testid="room-card">
    <span class="what">
      <strong>${t?.name}</strong>
      <span class="path">${g(t?.description??"",160)||`by ${o.creator?.handle??"somebody"}`}</span>
    </span>
    <span class="facts">
      ${o.role===0?a:s`<span class="tag">${d(o.role)}</span>`}
      ${t?.visibility===2?s`<span class="private">${n("lock")}private</span>`:a} ${T(t?.state)}
      <span class="fact" title="${o.present} there now; ${o.members} of at most ${e} members">${n("people")}<span class="sr">There now </span>${o.present}<span class="of">/ ${o.members} of ${e}</span></span>
      <span class="fact" title="Looking on now">${n("eye")}<span class="sr">Spectators </span>${$(o.spectators)}</span>
    </span>
  </a>`}customElements.define("claw-rooms",p);export{p as RoomsPage};
