//! Short messages by SMPP: bound as transceiver, long texts in parts, receipts read.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use futures::future::BoxFuture;
use kernel_base::Result;
use rusmpp::extra::concatenation::SubmitSmMultipartExt;
use rusmpp::pdus::{BindTransceiver, DeliverSmResp, SubmitSm};
use rusmpp::types::COctetString;
use rusmpp::values::{EsmClass, InterfaceVersion, Npi, RegisteredDelivery, Ton};
use rusmpp::{Command, CommandStatus, Pdu};
use rusmppc::error::Error as SmppError;
use rusmppc::{Client, ConnectionBuilder, Event};
use tokio::sync::Mutex;

use crate::carrier::{Carried, Carrier, Handed, Parcel, Setback};
use crate::settings::{Sms, secret};
use crate::wire;

const ANSWER: Duration = Duration::from_secs(10);
/// Shorter than a job's lease.
const PATIENCE: Duration = Duration::from_secs(40);

/// Whoever writes down what receipts say.
pub trait Receipts: Send + Sync {
    /// `remote` is the message centre's own name for a part; answers whether it is known.
    fn note<'a>(&'a self, remote: &'a str, arrived: bool) -> BoxFuture<'a, Result<bool>>;
}

pub struct MessageCentre {
    host: String,
    port: u16,
    encrypted: bool,
    system_id: String,
    password: String,
    from: String,
    receipts: Arc<dyn Receipts>,
    bound: Mutex<Option<Client>>,
}

impl MessageCentre {
    pub fn new(sms: &Sms, receipts: Arc<dyn Receipts>) -> Result<MessageCentre> {
        let refused = || {
            let why = format!("letters.sms.smpp.address: {} is not smpp://host:port", sms.smpp.address);
            kernel_base::Error::Refused(why)
        };
        let address = url::Url::parse(&sms.smpp.address).map_err(|_| refused())?;
        if !["smpp", "smpps"].contains(&address.scheme()) {
            return Err(refused());
        }
        let password = secret(&sms.smpp.password_file)?;
        // The protocol has no room for more.
        if sms.smpp.system_id.len() > 15 || password.len() > 8 {
            let why = "letters.sms.smpp: SMPP has room for 15 letters of system_id and 8 of the password";
            return Err(kernel_base::Error::Refused(why.to_owned()));
        }
        Ok(MessageCentre {
            host: address.host_str().ok_or_else(refused)?.to_owned(),
            port: address.port().unwrap_or(2775),
            encrypted: address.scheme() == "smpps",
            system_id: sms.smpp.system_id.clone(),
            password,
            from: sms.from.clone(),
            receipts,
            bound: Mutex::new(None),
        })
    }

    /// The bound connection, made anew when there is none or it broke.
    pub(crate) async fn client(&self) -> Handed<Client> {
        let mut bound = self.bound.lock().await;
        if let Some(client) = bound.as_ref().filter(|client| client.is_active()) {
            return Ok(client.clone());
        }
        let unreachable = |_| Setback::Unreachable("the message centre does not answer");
        let mut wire = wire::plain(&self.host, self.port).await.map_err(unreachable)?;
        if self.encrypted {
            wire = wire::encrypted(wire, &self.host, std::path::Path::new("")).await.map_err(unreachable)?;
        }
        let (client, events) = ConnectionBuilder::new()
            .response_timeout(ANSWER)
            .enquire_link_interval(Duration::from_secs(30))
            // 3.4 is what most centres speak; nothing of 5.0 is needed.
            .disable_interface_version_check()
            .connected(wire);
        let bind = BindTransceiver::builder()
            .system_id(own(&self.system_id)?)
            .password(own(&self.password)?)
            .interface_version(InterfaceVersion::Smpp3_4)
            .build();
        client.bind_transceiver(bind).await.map_err(|cause| match cause {
            SmppError::UnexpectedResponse { response } => Setback::Later(format!("bind {}", number(&response))),
            _ => Setback::Unreachable("the message centre does not answer"),
        })?;
        tokio::spawn(listen(client.clone(), events, self.receipts.clone()));
        *bound = Some(client.clone());
        Ok(client)
    }

    async fn submit(&self, parcel: &Parcel) -> Handed {
        let parts = parts(parcel, &self.from)?;
        let client = self.client().await?;
        let mut remotes = Vec::new();
        for part in parts {
            match client.submit_sm(part).await {
                Ok(answer) => remotes.push(answer.message_id().as_str().to_owned()),
                Err(cause) => {
                    if !matches!(cause, SmppError::UnexpectedResponse { .. }) {
                        *self.bound.lock().await = None;
                    }
                    return Err(setback(&cause));
                }
            }
        }
        remotes.retain(|remote| !remote.is_empty());
        Ok(Carried { remotes })
    }
}

impl Carrier for MessageCentre {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Handed> {
        Box::pin(async move {
            let submitting = tokio::time::timeout(PATIENCE, self.submit(parcel));
            submitting.await.unwrap_or(Err(Setback::Unreachable("the message centre does not finish")))
        })
    }
}

/// A text of the configuration as SMPP wants it.
fn own<const MIN: usize, const MAX: usize>(text: &str) -> Handed<COctetString<MIN, MAX>> {
    COctetString::from_str(text).map_err(|_| Setback::Broken("a name of the configuration is too long".to_owned()))
}

/// One message, or several that the telephone puts together again; Korean as UCS-2, GSM letters as such. The same
/// parts at every try.
fn parts(parcel: &Parcel, from: &str) -> Handed<Vec<SubmitSm>> {
    let digits = parcel.address.trim_start_matches('+');
    let number = COctetString::from_str(digits).map_err(|_| Setback::Refused("not a telephone number".to_owned()))?;
    // Letters make a name, digits a number.
    let named = from.bytes().any(|byte| byte.is_ascii_alphabetic());
    let (ton, npi) = match named {
        true => (Ton::Alphanumeric, Npi::Unknown),
        false if from.starts_with('+') => (Ton::International, Npi::Isdn),
        false => (Ton::Unknown, Npi::Unknown),
    };
    let reference = parcel.delivery.bytes().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
    let message = SubmitSm::builder()
        .source_addr_ton(ton)
        .source_addr_npi(npi)
        .source_addr(own(from.trim_start_matches('+'))?)
        .dest_addr_ton(Ton::International)
        .dest_addr_npi(Npi::Isdn)
        .destination_addr(number)
        .esm_class(EsmClass::from(0))
        .registered_delivery(RegisteredDelivery::from(1))
        .build();
    let split = || message.clone().multipart(&parcel.body).reference_u8(reference);
    // 160 GSM letters alone, 153 beside the header of parts; a letter that GSM has not makes all of it UCS-2.
    match split().max_short_message_size(160).gsm7bit_unpacked().build() {
        Ok(one) if one.len() == 1 => Some(one),
        Ok(_) => split().max_short_message_size(159).gsm7bit_unpacked().build().ok(),
        Err(_) => split().ucs2().build().ok(),
    }
    .ok_or_else(|| Setback::Broken("the text cannot be a short message".to_owned()))
}

fn number(response: &Command) -> u32 {
    response.status.into()
}

fn setback(cause: &SmppError) -> Setback {
    let SmppError::UnexpectedResponse { response } = cause else {
        return Setback::Unreachable("the message centre does not answer");
    };
    let number = number(response);
    match response.status {
        CommandStatus::EsmeRinvdstadr | CommandStatus::EsmeRinvdstton | CommandStatus::EsmeRinvdstnpi => {
            Setback::Refused(format!("smpp {number}"))
        }
        _ => Setback::Later(format!("smpp {number}")),
    }
}

/// Takes receipts as long as the connection holds. A receipt is acknowledged when it is written down.
async fn listen(client: Client, mut events: impl futures::Stream<Item = Event> + Unpin, receipts: Arc<dyn Receipts>) {
    while let Some(event) = events.next().await {
        let Event::Incoming(command) = event else { continue };
        let Some(Pdu::DeliverSm(message)) = command.pdu() else { continue };
        let text = String::from_utf8_lossy(message.short_message().as_ref()).into_owned();
        let noted = match Receipt::read(&text) {
            Some(Receipt { remote, arrived: Some(arrived) }) => noted(&*receipts, &remote, arrived).await,
            // News from on the way, and what people write back: taken, and not used.
            _ => true,
        };
        let status = if noted { CommandStatus::EsmeRok } else { CommandStatus::EsmeRxTAppn };
        let answer = client.status(status).deliver_sm_resp(command.sequence_number, DeliverSmResp::default()).await;
        if let Err(cause) = answer {
            tracing::info!(%cause, "a receipt could not be acknowledged; it will come again");
        }
    }
}

/// A receipt can be faster than the writing down of the message that it is about.
async fn noted(receipts: &dyn Receipts, remote: &str, arrived: bool) -> bool {
    for _ in 0..5 {
        match receipts.note(remote, arrived).await {
            Ok(true) => return true,
            Ok(false) => {}
            Err(cause) => tracing::info!(%cause, "a receipt could not be written down"),
        }
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    false
}

/// What a receipt's text says (SMPP 3.4, appendix B): `id:… stat:DELIVRD err:000 …`.
#[derive(Debug, PartialEq, Eq)]
struct Receipt {
    remote: String,
    /// `None`: neither arrived nor given up.
    arrived: Option<bool>,
}

impl Receipt {
    fn read(text: &str) -> Option<Receipt> {
        let value = |key: &str| text.split_whitespace().find_map(|word| word.strip_prefix(key));
        let arrived = match value("stat:")? {
            "DELIVRD" => Some(true),
            "UNDELIV" | "EXPIRED" | "DELETED" | "REJECTD" => Some(false),
            _ => None,
        };
        Some(Receipt { remote: value("id:")?.to_owned(), arrived })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Channel;
    use kernel_base::Instant;
    use kernel_language::KOREAN;

    fn parcel(body: &str) -> Parcel {
        Parcel {
            delivery: "de_01".to_owned(),
            channel: Channel::Sms,
            address: "+821012345678".to_owned(),
            name: String::new(),
            city: String::new(),
            language: KOREAN,
            subject: String::new(),
            body: body.to_owned(),
            reply_to: String::new(),
            unsubscribe: String::new(),
            at: Instant(0),
            tried_at: Instant(0),
        }
    }

    #[test]
    fn long_korean_texts_go_in_parts_of_67_letters() {
        let count = |body: &str| parts(&parcel(body), "120").unwrap().len();
        assert_eq!(count(&"가".repeat(70)), 1);
        assert_eq!(count(&"가".repeat(71)), 2);
        assert_eq!(count(&"가".repeat(134)), 2);
        assert_eq!(count(&"가".repeat(135)), 3);
        assert_eq!(count(&"a".repeat(160)), 1);
        assert_eq!(count(&"a".repeat(161)), 2);
        assert_eq!(count(&"a".repeat(306)), 2);
        assert_eq!(count(&"a".repeat(307)), 3);
    }

    #[test]
    fn a_second_try_sends_the_same_parts() {
        let text = "가나다".repeat(60);
        assert_eq!(parts(&parcel(&text), "120").unwrap(), parts(&parcel(&text), "120").unwrap());
    }

    #[test]
    fn receipts_say_what_became_of_a_message() {
        let text =
            "id:c449ab sub:001 dlvrd:001 submit date:2611240000 done date:2611240001 stat:DELIVRD err:000 text:hi";
        assert_eq!(Receipt::read(text), Some(Receipt { remote: "c449ab".into(), arrived: Some(true) }));
        let arrived = |stat: &str| Receipt::read(&format!("id:1 stat:{stat}")).and_then(|read| read.arrived);
        assert_eq!((arrived("UNDELIV"), arrived("ENROUTE")), (Some(false), None));
        assert_eq!(Receipt::read("Thank you"), None);
    }
}
