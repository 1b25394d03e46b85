use proptest::prelude::*;

use super::*;

/// An archive that has the pages, styles and pictures under `https://city.example/kept/`.
struct Shelf;

impl Kept for Shelf {
    fn link(&self, address: &Url) -> Option<String> {
        address.path().starts_with("/kept/").then(|| format!("/survey/archive/rc_1/page?url={address}"))
    }

    fn style(&self, address: &Url) -> Option<String> {
        let sheet = ".a { color: red } </style><script>steal()</script><img src=x onerror=steal()>";
        address.path().starts_with("/kept/").then(|| sheet.to_owned())
    }

    fn picture(&self, address: &Url) -> Option<String> {
        address.path().starts_with("/kept/").then(|| "data:image/png;base64,AAAA".to_owned())
    }
}

fn cleaned(source: &str) -> String {
    clean(source, &Url::parse("https://city.example/start").expect("an address"), false, &Shelf)
}

/// What a browser would find dangerous in a page, whatever lists this crate has.
fn powers(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    // As a browser without scripts reads it, and as one with scripts would.
    let readings = [parse(page), Html::parse_document(page)];
    for node in readings.iter().flat_map(|html| html.tree.nodes()) {
        let Some(one) = node.value().as_element() else { continue };
        let name = one.name();
        let charset = name == "meta" && one.attr("charset").is_some() && one.attr("http-equiv").is_none();
        let viewport = name == "meta" && one.attr("name") == Some("viewport");
        let known = [
            "script",
            "iframe",
            "frame",
            "object",
            "embed",
            "applet",
            "form",
            "base",
            "link",
            "template",
            "animate",
            "set",
            "foreignObject",
            "audio",
            "video",
            "source",
            "math",
            "image",
        ];
        if known.contains(&name) || (name == "meta" && !charset && !viewport) {
            found.push(format!("<{name}>"));
        }
        for (attribute, value) in one.attrs() {
            let inside = value.starts_with('#') || value.starts_with("/survey/archive/");
            let bad = match attribute {
                "href" => !inside,
                "src" => !value.starts_with("data:image/"),
                "action" | "formaction" | "srcset" | "srcdoc" | "ping" | "background" | "poster" | "target"
                | "autofocus" | "nonce" => true,
                other => other.starts_with("on"),
            };
            if bad {
                found.push(format!("{name} {attribute}={value}"));
            }
        }
    }
    found
}

const HOSTILE: &[&str] = &[
    "<script>steal()</script><SCRIPT src=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=steal()><body onload=steal()><div onclick='steal()' style='x'>words</div>",
    "<a href='javascript:steal()'>words</a><a href=' java\nscript:steal()'>x</a><a href='data:text/html,<script>'>x</a><a href=vbscript:x>x</a>",
    "<svg onload=steal()><script>steal()</script><a xlink:href='javascript:steal()'><text>words</text></a><animate attributeName=href to='javascript:x'/><set attributeName=onclick to='x'/></svg>",
    "<svg><foreignObject><iframe src='javascript:steal()'></iframe></foreignObject><use href='//evil.example/#x'/><style><img src=x onerror=steal()></style></svg>",
    "<base href='https://evil.example/'><a href='login'>words</a><form action='login'><input name=p type=password><button formaction='javascript:x'>go</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><meta http-equiv='set-cookie' content='a=b'>",
    "<iframe srcdoc='<script>steal()</script>'></iframe><object data='x.swf'></object><embed src=x><applet code=x></applet><frameset><frame src=x></frameset>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=steal()&gt;'></table></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=steal()>'></noscript><noembed><script>x</script></noembed><xmp><script>x</script></xmp>",
    "<style>a{} </style ><script>x</script></style><style>@import 'https://evil.example/x.css';<</style>",
    "<template><script>steal()</script></template><x-card onclick=steal()>words</x-card><a-\"b onclick=steal()>words</a-\"b>",
    "<link rel=stylesheet href=/kept/a.css><link rel=prefetch href=//evil.example/><link rel=import href=x>",
    "<img srcset='//evil.example/x 2x' src='/kept/a.png'><picture><source srcset=//evil.example/x></picture><video poster=//evil.example/x autoplay></video>",
    "<textarea></textarea><script>x</script></textarea><title></title><script>x</script></title><select><style></style><img src=x onerror=steal()></select>",
    "<!--><script>steal()</script>--><!-- <!doctype --><plaintext><script>steal()</script>",
    "<svg><title><style><img src=x onerror=steal()></style></title><desc><div onclick=steal()>x</div></desc></svg>",
];

#[test]
fn nothing_of_a_hostile_page_keeps_a_power() {
    for source in HOSTILE {
        let page = cleaned(source);
        assert_eq!(powers(&page), Vec::<String>::new(), "{source}\n{page}");
        assert!(!page.contains("evil.example/x.js") && !page.contains("http-equiv"), "{page}");
    }
    // All of them in one, too: one may undo what guards against another.
    let all = cleaned(&HOSTILE.concat());
    assert_eq!(powers(&all), Vec::<String>::new(), "{all}");
}

#[test]
fn words_shape_and_what_is_archived_stay() {
    let page = cleaned(
        "<html lang=ko dir=ltr><head><title>서울 &amp; 시민</title><style>.b > p { margin: 0 } @media (width<600px) {}</style></head>
         <body class=home><h1 id=top>Seoul</h1><p class='a b'>5 &lt; 6 &amp; 7</p><table><tr><td colspan=2>cell</table>
         <a href='/kept/budget#part'>Budget</a> <a href='#top'>top</a> <a href='/gone'>Gone</a>
         <img src='/kept/a.png' alt='City hall'><img src='/gone.png' alt='Flag'>
         <form><label for=q>Search</label><input id=q name=q placeholder='words'></form>
         <svg viewBox='0 0 1 1'><linearGradient id=g></linearGradient><path d='M0 0' fill='url(#g)'/><path fill='url(//evil.example)'/></svg>",
    );
    for wanted in [
        "<html dir=\"ltr\" lang=\"ko\">",
        "<title>서울 &amp; 시민</title>",
        ".b > p { margin: 0 } @media (width<600px) {}",
        "<body class=\"home\">",
        "<h1 id=\"top\">Seoul</h1>",
        "5 &lt; 6 &amp; 7",
        "<td colspan=\"2\">cell",
        "<a href=\"/survey/archive/rc_1/page?url=https://city.example/kept/budget#part\">Budget</a>",
        "<a href=\"#top\">top</a>",
        "<a title=\"https://city.example/gone\">Gone</a>",
        "<img alt=\"City hall\" src=\"data:image/png;base64,AAAA\">",
        "<img alt=\"Flag\">",
        "placeholder=\"words\" disabled=\"\">",
        "<linearGradient id=\"g\">",
        "fill=\"url(#g)\"",
    ] {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
    assert!(!page.contains("evil"));
}

#[test]
fn what_was_for_readers_without_scripts_is_shown_only_where_no_script_ran() {
    let source = "<body><noscript><p>Plain menu</p></noscript><p>Page</p>";
    let at = Url::parse("https://city.example/").expect("an address");
    assert!(clean(source, &at, false, &Shelf).contains("<p>Plain menu</p>"));
    assert!(!clean(source, &at, true, &Shelf).contains("Plain menu"));
}

#[test]
fn links_follow_the_pages_own_base() {
    let page = cleaned("<base href='/kept/'><a href='a'>a</a><base href='/other/'>");
    assert!(page.contains("url=https://city.example/kept/a"), "{page}");
}

#[test]
fn a_page_made_to_hurt_ends_soon() {
    let deep = "<div><b><svg>".repeat(50_000);
    let page = cleaned(&format!("{deep}words"));
    assert!(page.len() < 3_000_000);
    assert_eq!(title(&format!("<title>One\n two</title>{deep}")), "One two");
}

proptest! {
    #[test]
    fn no_mixture_of_hostile_parts_keeps_a_power(parts in prop::collection::vec((0..HOSTILE.len(), 0..200usize, 0..200usize), 1..6)) {
        // Torn pieces of hostile markup, put together anew.
        let piece = |(which, from, length): &(usize, usize, usize)| -> String {
            HOSTILE[*which].chars().skip(*from).take(*length).collect()
        };
        let source: String = parts.iter().map(piece).collect();
        let page = cleaned(&source);
        prop_assert_eq!(powers(&page), Vec::<String>::new(), "{}\n{}", source, page);
        // What was cleaned once is clean: reading it again finds nothing that the first reading did not see.
        let again = cleaned(&page);
        prop_assert_eq!(powers(&again), Vec::<String>::new(), "{}", again);
    }
}
