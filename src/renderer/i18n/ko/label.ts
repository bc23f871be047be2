export const label = {
  set: '이미지 {{total}}개에 {{name}} 라벨을 붙였습니다',
  cleared: '이미지 {{total}}개의 라벨을 뗐습니다',
  accepted: '예측 {{total}}개를 적용했습니다',
} as const;
