use kernel_record::{Filter, trail};

use crate::nodes;

#[tokio::test]
async fn the_trail_is_read_page_by_page_newest_first() {
    testkit::on_both_databases(async |database| {
        let [node] = nodes(&database).await;
        for number in 0..5 {
            node.act("record.viewed", "ac_clerk", "ac_resident").await;
            node.act("name.changed", "ac_resident", "ac_resident").await;
            node.act("record.viewed", "ac_clerk", &format!("ac_other{number}")).await;
        }
        let mut seen = Vec::new();
        let mut from: Option<String> = None;
        loop {
            let page = trail(&node.store, Filter::Subject("ac_resident"), from.as_deref(), 3).await.unwrap();
            assert!(page.entries.len() <= 3);
            seen.extend(page.entries);
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 10);
        assert!(seen.windows(2).all(|pair| pair[0].at > pair[1].at), "newest first");

        let count = async |filter| trail(&node.store, filter, None, 100).await.unwrap().entries.len();
        assert_eq!(count(Filter::Everything).await, 15);
        assert_eq!(count(Filter::Who("ac_clerk")).await, 10);
        assert_eq!(count(Filter::ByOthers { subject: "ac_resident", except: "ac_resident" }).await, 5);
        assert_eq!(count(Filter::SubjectAct { subject: "ac_resident", act: "name.changed" }).await, 5);
        assert_eq!(count(Filter::Subject("nobody")).await, 0);
    })
    .await;
}
