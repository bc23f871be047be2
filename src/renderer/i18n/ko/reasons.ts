export const reasons = {
  neighboursBoth:
    '가장 비슷한 이미지 {{count, number}}개 중 <suggested/> {{suggested}}개, <given/> {{given}}개입니다.',
  neighboursSuggested:
    '가장 비슷한 이미지 {{count, number}}개 중 <suggested/> {{suggested}}개이고, <given/> 라벨은 하나도 없습니다.',
  neighboursGiven:
    '가장 비슷한 이미지 {{count, number}}개 중 <given/> {{given}}개이고, <suggested/> 라벨은 하나도 없습니다.',
  neighboursNeither:
    '가장 비슷한 이미지 {{count, number}}개 중 <given/> 또는 <suggested/> 라벨이 하나도 없습니다.',
  selfConfidence: '이 라벨을 본 적 없는 모델의 판단: <suggested/> {{suggested}}, <given/> {{given}}.',
  classPair: '이 프로젝트에서 <given/> 라벨의 약 {{share}}는 <suggested/>(이)어야 합니다.',
  marginClear: '모델은 두 클래스 사이에서 망설이지 않습니다.',
  marginLeaning: '모델이 기우는 쪽: <suggested/>.',
  marginClose: '모델에게는 두 클래스가 거의 비슷합니다.',
  marginGiven: '모델이 기우는 쪽도 현재 라벨인 <given/>입니다.',
  sureAll: '이런 근거가 있는 라벨은 거의 모두 잘못된 것입니다.',
  sureSome: '이런 근거가 있는 라벨 10개 중 약 {{wrong}}개가 잘못된 것입니다.',
  sureFew: '이런 근거가 있는 라벨 10개 중 잘못된 것은 1개가 되지 않습니다.',
} as const;
