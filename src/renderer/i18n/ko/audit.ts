export const audit = {
  sentence:
    '라벨 {{labels}}개 중 약 <strong>{{errors}}개</strong>가 잘못된 것으로 보입니다 <interval>({{low}}–{{high}})</interval>.',
  sentenceFew:
    '라벨 {{labels}}개 중 잘못된 것으로 보이는 것은 거의 없습니다 <interval>(많아야 {{high}}개)</interval>.',
  intervalHint: '같은 감사를 100번 하면 95번은 실제 값이 이 두 수 사이에 들어갑니다.',
  made: '{{when}}, 라벨 {{units, number}}개를 각각 그것을 본 적 없는 분류기로 판단해 추정했습니다.',
  madeDeep:
    '{{when}}, 라벨 {{units, number}}개를 각각 그것을 본 적 없는 학습된 신경망으로 판단해 추정했습니다.',
  changed_other: '그 뒤 라벨 {{count, number}}개가 바뀌었습니다. 다시 학습하면 갱신됩니다.',
  review_other: '의심 라벨 {{count, number}}개 검토',
  retrain: '다시 학습',
  nothing: '아직 점검한 라벨이 없습니다',
  nothingHint:
    '클래스마다 몇 개씩 라벨을 붙이고 다시 학습하십시오. 그 라벨을 본 적 없는 모델이 모든 라벨을 점검합니다. 단축키: {{key}}.',
  pairs: {
    title: '어떤 라벨이 무엇이어야 하는가',
    caption: '의심 라벨 중 잘못된 라벨의 추정 수',
    given: '현재 라벨',
    suggested: '올바른 라벨',
    hint: '이렇게 잘못된 라벨의 대략적인 수입니다. 숫자를 누르면 검토합니다.',
    cell: '{{given}} 라벨 약 {{wrong}}개는 {{suggested}}: {{waiting}}개 검토',
    none: '눈에 띄는 클래스 쌍이 없습니다. 남은 의심 라벨이 없습니다.',
    some: '전체 {{all}}개 중 잘못된 라벨이 가장 많은 클래스 {{count}}개.',
  },
  by: {
    annotators: '누가 라벨을 붙였는가',
    sources: '이미지가 어디에서 왔는가',
    name: '이름',
    source: '폴더',
    labels: '라벨 수',
    suspects: '의심',
    share: '의심 비율',
    axis: '의심 라벨의 비율, %',
    above: '나머지보다 많음',
    below: '나머지보다 적음',
    unclear: '뚜렷한 차이 없음',
    tooFew: '판단하기에 부족함',
    hint: '가로선은 95 % 구간, 세로선은 모든 라벨의 비율입니다. 비율이 높은 것은 이미지가 더 어려워서일 수도 있습니다.',
    show: '{{name}}의 의심 라벨 보기',
  },
  limits: {
    title: '이 감사가 알 수 없는 것',
    rare_other:
      '<classes/>: 라벨이 {{least}}개 미만이라 잘못된 라벨과 드문 종류를 구별할 수 없습니다. 직접 모두 확인하십시오.',
    recall_other: '<classes/>: 모델이 거의 알아보지 못해, 맞든 틀리든 대부분의 라벨이 의심스러워 보입니다.',
    unlabelled_other: '라벨이 없는 이미지 {{count, number}}개는 점검하지 않았습니다.',
    agreement: '한 클래스의 라벨 대부분이 같은 방식으로 틀리면 감사에는 그것이 참으로 보입니다.',
  },
} as const;
