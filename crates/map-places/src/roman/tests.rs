use super::*;

/// The examples of the notice, in its order; those that need another reading than the usual one stand apart.
const NOTICE: &str = "
    광희문 gwanghuimun
    구미 gumi, 영동 yeongdong, 백암 baegam, 옥천 okcheon, 합덕 hapdeok, 호법 hobeop, 월곶 wolgot, 벚꽃 beotkkot
    한밭 hanbat, 구리 guri, 설악 seorak, 칠곡 chilgok, 임실 imsil, 울릉 ulleung, 대관령 daegwallyeong
    백마 baengma, 신문로 sinmunno, 종로 jongno, 왕십리 wangsimni, 별내 byeollae, 신라 silla
    해돋이 haedoji, 같이 gachi, 굳히다 guchida, 좋고 joko, 놓다 nota, 낳지 nachi, 묵호 mukho, 집현전 jiphyeonjeon
    압구정 apgujeong, 낙동강 nakdonggang, 죽변 jukbyeon, 낙성대 nakseongdae, 합정 hapjeong, 팔당 paldang
    샛별 saetbyeol, 울산 ulsan, 중앙 jungang, 반구대 bangudae, 세운 seun, 해운대 haeundae, 부산 busan, 세종 sejong
    남산 namsan, 속리산 songnisan, 금강 geumgang, 독도 dokdo, 경복궁 gyeongbokgung, 무량수전 muryangsujeon
    연화교 yeonhwagyo, 극락전 geungnakjeon, 안압지 anapji, 남한산성 namhansanseong, 화랑대 hwarangdae
    불국사 bulguksa, 현충사 hyeonchungsa, 독립문 dongnimmun, 오죽헌 ojukheon, 촉석루 chokseongnu
    종묘 jongmyo, 다보탑 dabotap";

const UNITS_OF_THE_NOTICE: &str = "
    충청북도 chungcheongbuk-do, 제주도 jeju-do, 의정부시 uijeongbu-si, 양주군 yangju-gun, 도봉구 dobong-gu
    신창읍 sinchang-eup, 삼죽면 samjuk-myeon, 인왕리 inwang-ri, 당산동 dangsan-dong";

fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split([',', '\n']).filter_map(|pair| pair.trim().split_once(' '))
}

#[test]
fn the_examples_of_the_notice() {
    assert_eq!(pairs(NOTICE).count(), 62);
    for (korean, latin) in pairs(NOTICE) {
        assert_eq!(romanise(korean, Reading::default()), latin, "{korean}");
    }
}

#[test]
fn a_hyphen_before_a_unit_stops_sounds() {
    for (korean, latin) in pairs(UNITS_OF_THE_NOTICE) {
        assert_eq!(romanise_unit(korean, Reading::default()).as_deref(), Some(latin), "{korean}");
    }
    assert_eq!(romanise_unit("세종대로", Reading::default()).as_deref(), Some("sejong-daero"));
    assert_eq!(romanise_unit("퇴계로3가", Reading::default()).as_deref(), Some("toegyero3-ga"));
    assert_eq!(romanise_unit("구", Reading::default()), None);
}

#[test]
fn what_letters_do_not_tell_is_a_reading() {
    let usual = Reading::default();
    assert_eq!(romanise("학여울", Reading { n_slips_in: true, ..usual }), "hangnyeoul");
    assert_eq!(romanise("알약", Reading { n_slips_in: true, ..usual }), "allyak");
    assert_eq!(romanise("잡혀", Reading { melted: true, ..usual }), "japyeo");
}

#[test]
fn all_spellings_for_a_search() {
    assert_eq!(spellings("종로"), ["jongno", "jongro"]);
    assert_eq!(spellings("강남구"), ["gangnamgu"]);
    assert!(spellings("선릉").contains(&"seolleung".to_owned()));
    assert!(spellings("학여울").contains(&"hangnyeoul".to_owned()));
    assert!(spellings("자하문로23길").contains(&"jahamunro23gil".to_owned()));
    assert!(spellings("Hlemmur").is_empty());
    assert_eq!(spellings("종로3가")[0], "jongno3ga");
}
