//! The sites of the small internet.

use std::time::Duration;

use crate::internet::Answer;

const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6,
    0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63, 0xF8, 0xCF, 0xC0, 0xF0,
    0x1F, 0, 5, 0, 1, 0xFF, 0x56, 0xC7, 0x2F, 0x0D, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

/// Hosts that the tracked page may ask for.
pub const KNOWN: &[&str] = &["city.example", "tracker.example", "embed.tawk.to", "images.example", "old.example"];

pub fn tracked(url: &str) -> Answer {
    match url {
        "https://city.example/" => Answer::page(format!(
            "<!doctype html><html lang=en><title>City</title><script src=https://tracker.example/t.js></script>\
             <script src=https://embed.tawk.to/widget.js></script><script src=http://old.example/legacy.js></script>\
             <img src=http://images.example/photo.png alt=photo><script>document.cookie='script=1'</script>\
             <main><h1>City</h1><p>{}</p></main>\
             <div id=notice style='position:fixed;bottom:0;background:#fff'><p>We use cookies to measure our site.</p>\
             <button>Accept all</button> <button>Only necessary</button></div>",
            "Welcome. ".repeat(300)
        ))
        .with("Set-Cookie", "session=1; HttpOnly; SameSite=Lax")
        .with("Set-Cookie", "year=1; Max-Age=2592000"),
        "https://tracker.example/t.js" => {
            Answer::new("text/javascript", "new Image().src='https://tracker.example/pixel.png'")
                .with("Set-Cookie", "spy=1; SameSite=None; Secure")
        }
        "https://tracker.example/pixel.png" => Answer::new("image/png", PNG),
        "https://city.example/count" => Answer::page(
            "<!doctype html><title>c</title><script>document.write('<p>'+document.cookie.split(';').filter(Boolean).length+' cookies</p>')</script>",
        ),
        url if url.ends_with(".js") => Answer::new("text/javascript", ""),
        _ => Answer::missing(),
    }
}

pub fn measured(url: &str) -> Answer {
    match url {
        "http://city.example/wide" => Answer::page(
            "<!doctype html><html lang=ko><meta name=Viewport content='width=device-width'><title>Wide &amp; small</title>\
             <style>body{margin:0;font:18px serif;background:rgb(250,240,230);color:#222;height:3000px}h1{font-family:monospace}\
             p a{color:#222;text-decoration:none}.i{display:inline-block;width:10px;height:10px;background:#333}</style>\
             <h1>Heading</h1><div style='width:900px;height:50px;background:#ccc'>wide</div>\
             <a class=i href=/a aria-label=a></a><a class=i href=/b aria-label=b></a>\
             <div style='padding:60px'><a class=i href=/alone aria-label=alone></a></div>\
             <p>This is a long sentence with <a href=/hidden>a hidden link</a> in its middle, and more words.</p>\
             <div style='padding:60px'><button style='width:200px;height:60px'>Large</button></div>\
             <div style='padding:40px'><input type=checkbox aria-label=x></div><img src=/x.png>\
             <a href=/skip style='position:absolute;left:-999px'>skip</a><div style='padding:60px'><select aria-label=s style='height:40px'><option>1</select></div>",
        ),
        "http://city.example/x.png" => Answer::new("image/png", PNG),
        "http://city.example/good" => Answer::page(
            "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Good</title>\
             <h1>Good</h1><p>Some words in a sentence and <a href=/x>a link</a> among them.</p>",
        ),
        _ => Answer::missing(),
    }
}

pub fn scripted(url: &str) -> Answer {
    match url {
        "http://city.example/made" => Answer::page(
            "<!doctype html><title>x</title><body><a href=/later></a><div id=host></div><iframe src=http://frame.example/in></iframe><script>\
             setTimeout(()=>{const h=document.createElement('h1');h.textContent='Made by a script';document.body.append(h);\
             const a=document.createElement('a');a.href='here#top';document.body.append(a);\
             document.getElementById('host').attachShadow({mode:'open'}).innerHTML='<p>In the shadow <b>too</b></p>'},200)</script>",
        ),
        "http://city.example/speaks" => Answer::page(
            "<!doctype html><title>x</title><script>document.write('<p>'+navigator.language+' of '+navigator.languages+'</p>')</script>",
        ),
        "http://frame.example/in" => {
            Answer::page("<!doctype html><script src=http://late.example/l.js></script>framed")
        }
        "http://late.example/l.js" => Answer::new("text/javascript", "alert('in a frame')"),
        "http://city.example/liar" => Answer::page(
            "<!doctype html><title>The truth</title><form name=querySelectorAll><input name=tagName></form>\
             <img name=documentElement><img name=createTreeWalker><img name=contentType><img name=title>\
             <script>Element.prototype.getAttribute=()=>'http://lie.example/';JSON.stringify=()=>'{\"title\":\"A lie\"}';\
             Array.from=()=>[];Document.prototype.querySelectorAll=()=>[];window.getComputedStyle=()=>{throw 1};\
             Object.getOwnPropertyDescriptor=()=>({get:()=>'A lie'})</script><a href=/real style='font-size:50px'>Real</a>",
        ),
        "http://city.example/moves" => {
            Answer::page("<!doctype html><script>setTimeout(()=>location='/good',300)</script>moving")
        }
        "http://city.example/good" => Answer::page("<!doctype html><title>Good</title>good"),
        _ => Answer::missing(),
    }
}

/// Consent banners of different makes, and two pages without one.
pub fn banners(url: &str) -> Answer {
    let body = match url.trim_start_matches("http://city.example/") {
        "german" => {
            "<div style='position:fixed;bottom:0'><p>Wir verwenden Cookies, um die Nutzung zu messen.</p><a class='btn' href='/x'>Alle akzeptieren</a><a class=btn href='/y'>Ablehnen</a></div>"
        }
        "korean" => {
            "<div role=dialog><p>이 누리집은 이용 편의를 위해 쿠키를 사용합니다.</p><button>모두 동의</button><button>거부</button></div>"
        }
        "shadow" => {
            "<div id=usercentrics-root></div><script>document.getElementById('usercentrics-root').attachShadow({mode:'open'}).innerHTML=\
             '<style>p{color:red}</style><div style=\"position:fixed;top:0\"><p>Your privacy settings matter to us.</p><button>Deny</button></div>'</script>"
        }
        "static" => {
            "<section class='nhsuk-cookie-banner'><h2>Cookies on this service</h2><p>We would like to set some.</p><input type=submit value='Yes, set them'></section>"
        }
        "menu" => {
            "<header style='position:fixed;top:0'><nav><a href=/c>Cookie policy</a><button>Menu</button></nav></header>"
        }
        "hidden" => {
            "<div style='position:fixed;display:none'><p>We use cookies here and there.</p><button>Accept</button></div>"
        }
        _ => return Answer::missing(),
    };
    Answer::page(format!("<!doctype html><title>x</title><body><main><h1>Page</h1></main>{body}"))
}

/// Pages that want more than they are given.
pub fn greedy(url: &str) -> Answer {
    match url {
        "http://city.example/huge" => Answer::page(
            "<!doctype html><title>Huge</title><body><script>let s='';for(let i=0;i<6000;i++)s+='<a href=/p'+i+'>'+i+'</a> ';\
             document.body.innerHTML=s+'<div hidden>'+'word '.repeat(2e6)+'</div>'</script>",
        ),
        "http://city.example/frames" => Answer::page(
            "<!doctype html><title>Frames</title><body><script>for(let i=0;i<60;i++){const f=document.createElement('iframe');\
             f.src='http://h'+i+'.example/calm';document.body.append(f)}</script>",
        ),
        "http://city.example/memory" => Answer::page(
            "<!doctype html><title>x</title><script>const a=[];for(;;)a.push(new Array(1e6).fill(1.5).map(Math.random))</script>",
        ),
        "http://city.example/requests" => Answer::page(
            "<!doctype html><title>Requests</title><script>setInterval(()=>{for(let i=0;i<20;i++)fetch('/n'+Math.random())},20)</script>",
        ),
        url if url.ends_with("/calm") => Answer::page("<!doctype html><title>x</title>calm"),
        _ => Answer::missing(),
    }
}

pub fn hostile(url: &str) -> Answer {
    match url {
        "http://city.example/alerts" => Answer::page(
            "<!doctype html><title>x</title><script>alert(1);const a=confirm('?'),b=prompt('?');onbeforeunload=()=>'stay';\
             document.write('after the questions: '+a+' '+b)</script>",
        ),
        "http://city.example/loop" => {
            Answer::page("<!doctype html><title>x</title><script>for(;;){}</script><p>after the loop")
        }
        "http://city.example/restarts" => {
            Answer::page("<!doctype html><title>x</title><script>setInterval(()=>{for(;;){}},1)</script><p>never")
        }
        "http://city.example/drip" => Answer { delay: Duration::from_secs(120), ..Answer::page("late") },
        "http://city.example/reloads" => {
            Answer::page("<!doctype html><title>x</title><script>location.reload()</script>again")
        }
        "http://city.example/popups" => Answer::page(
            "<!doctype html><title>x</title><script>for(let i=0;i<20;i++)open('/calm','_blank','noopener')</script>opener",
        ),
        "http://city.example/file" => Answer::new("application/octet-stream", vec![0; 5000])
            .with("Content-Disposition", "attachment; filename=x.bin"),
        "http://city.example/text" => Answer::new("text/plain", "plain"),
        "http://city.example/calm" => Answer::page("<!doctype html><title>x</title>calm"),
        _ => Answer::missing(),
    }
}
