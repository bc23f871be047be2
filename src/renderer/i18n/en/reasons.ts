/** Why a label is doubted. `<given/>` and `<suggested/>` become the names of the two classes. */
export const reasons = {
  neighboursBoth:
    '{{suggested}} of the {{count, number}} most similar images are <suggested/>, {{given}} of them <given/>.',
  neighboursSuggested:
    '{{suggested}} of the {{count, number}} most similar images are <suggested/>, none is <given/>.',
  neighboursGiven:
    '{{given}} of the {{count, number}} most similar images are <given/>, none is <suggested/>.',
  neighboursNeither: 'None of the {{count, number}} most similar images is <given/> or <suggested/>.',
  selfConfidence:
    'A model that never saw this label gives <suggested/> {{suggested}} and <given/> {{given}}.',
  classPair: 'About {{share}} of the labels <given/> in this project should be <suggested/>.',
  marginClear: 'For the model it is no contest between the two.',
  marginLeaning: 'The model leans to <suggested/>.',
  marginClose: 'For the model it is a close call between the two.',
  marginGiven: 'The model itself leans to <given/>.',
  sureAll: 'Nearly all labels with such evidence against them are wrong.',
  sureSome: 'Of 10 labels with such evidence against them, about {{wrong}} are wrong.',
  sureFew: 'Of 10 labels with such evidence against them, fewer than 1 is wrong.',
} as const;
