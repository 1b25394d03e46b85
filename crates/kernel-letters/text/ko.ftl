# 모든 전자우편 아래에 들어가는 글
letters-frame-automatic = 이 편지는 자동으로 보내 드렸어요.
letters-frame-choice = 편지를 받는 방법은 여기에서 고를 수 있어요: { $origin }/account/letters

# 편지가 왔을 때 브라우저가 보여 주는 글
letters-notice = 새 편지가 왔어요
letters-notice-body = { $city } 누리집의 편지함에서 읽어 보세요.

# 편지가 되돌아왔을 때 편지함에 남기는 글
letters-returned-subject = 등록하신 전자우편 주소로 편지가 가지 않아요
letters-returned-body =
    { $city }에서 보낸 편지가 되돌아왔어요. 그 주소가 편지를 받지 않는다고 해요. 주소를 다시 확인하거나 다른 주소를 알려 주실 때까지, 편지는 이 편지함에만 두고 그 주소로는 보내지 않을게요.

    주소 확인하기: { $link }

letters-trial-subject = { $city }에서 보내는 시험 편지예요
letters-trial-body =
    { $name }님, 안녕하세요.

    편지가 잘 도착하는지 보려고 { $city } 편지 담당에서 보냈어요. 따로 하실 일은 없어요.
letters-trial-sms = { $city }: 시험 문자예요. 따로 하실 일은 없어요.
