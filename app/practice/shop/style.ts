/** The shop's whole style sheet: light and dark from one set of colours, AA contrast in both. */
export const STYLE = `:root{color-scheme:light dark;--paper:#f7f5ef;--ink:#20251f;--soft:#586053;--line:#d9d5c7;--leaf:#2c5a3c;--on-leaf:#fff;--card:#fffdf8;--band:#ece5d0}
@media (prefers-color-scheme:dark){:root{--paper:#171b17;--ink:#ecefe6;--soft:#a9b3a3;--line:#353d35;--leaf:#8fcf9f;--on-leaf:#10210f;--card:#1e241e;--band:#2b2f22}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 Georgia,'Times New Roman',serif}
a{color:inherit}a:focus-visible,button:focus-visible,input:focus-visible{outline:3px solid var(--leaf);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem}
.band{background:var(--band);font:600 .85rem/1.4 system-ui,sans-serif;padding:.5rem 1rem;text-align:center}
header,main,footer{max-width:66rem;margin:0 auto;padding:1.25rem}.band{margin:0}
header{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;border-bottom:1px solid var(--line)}
.brand{font-size:1.35rem;letter-spacing:.02em;text-decoration:none;font-weight:700}
nav a{margin-left:1.25rem;text-decoration:none;color:var(--soft)}nav a:hover{text-decoration:underline}
h1{font-size:clamp(1.7rem,4vw,2.5rem);line-height:1.2;margin:1.5rem 0 .5rem}.lead{color:var(--soft);max-width:40rem;margin-top:0}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1.25rem;padding:0;list-style:none}
.card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;overflow:hidden;height:100%}
.card a{display:block;text-decoration:none;padding:0 1rem 1rem}.card h2{font-size:1.1rem;margin:.75rem 0 0}.card a:hover h2{text-decoration:underline}
.picture{display:block;width:100%;background:var(--band);color:var(--leaf);stroke:currentColor;fill:none;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
.card .picture{margin:0 -1rem;width:calc(100% + 2rem);height:9.5rem}
.soft{color:var(--soft);margin:0}.price{font-weight:700;font-variant-numeric:tabular-nums}s{color:var(--soft);font-weight:400}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:2rem;align-items:start}.two .picture{height:20rem;border-radius:.5rem}
label{display:block;font-weight:700}input{display:block;width:100%;max-width:24rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:.35rem;padding:.55rem .7rem;margin:.3rem 0 1rem}
button{font:600 1rem/1 system-ui,sans-serif;background:var(--leaf);color:var(--on-leaf);border:0;border-radius:.35rem;padding:.95rem 1.6rem;cursor:pointer}
.back button{margin:0 .5rem .5rem 0;background:var(--card);color:var(--ink);border:1px solid var(--soft)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.5rem}dt{color:var(--soft)}dd{margin:0}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:.9rem;margin-top:3rem}`;
