import {
  ActionIcon,
  Button,
  createTheme,
  Menu,
  Modal,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
  Tooltip,
  type MantineColorsTuple,
} from '@mantine/core';
import styles from './theme.module.css';

// Greys carry no hue, so that nothing tints a judgement about a picture. The tuples follow Mantine's use of their
// steps; `theme.css` names the same greys for our own styles.
const dark: MantineColorsTuple = [
  '#e8e8e8',
  '#cfcfcf',
  '#a6a6a6',
  '#8c8c8c',
  '#3a3a3a',
  '#2d2d2d',
  '#232323',
  '#191919',
  '#141414',
  '#101010',
];
const gray: MantineColorsTuple = [
  '#fafafa',
  '#f1f1f1',
  '#e6e6e6',
  '#dadada',
  '#c8c8c8',
  '#767676',
  '#595959',
  '#454545',
  '#2e2e2e',
  '#1a1a1a',
];
const accent: MantineColorsTuple = [
  '#ebf2ff',
  '#d2e2fd',
  '#a8c7fa',
  '#7dacf7',
  '#5a95f5',
  '#3d80ec',
  '#2f6fdb',
  '#2560c4',
  '#1d51a8',
  '#16418a',
];

/** The look of every Mantine component: 13 px, dense, 4 px grid, radius 4. */
export const theme = createTheme({
  colors: { dark, gray, accent },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans KR", "Malgun Gothic", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.8125rem', lg: '0.9375rem', xl: '1.125rem' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '4px', lg: '4px', xl: '4px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: true,
  focusRing: 'auto',
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' }, classNames: { root: styles.button ?? '' } }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray', size: 28 },
      classNames: { root: styles.icon ?? '' },
    }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'xs' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs', withItemsBorders: false } }),
    Select: Select.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 350, withArrow: false, transitionProps: { duration: 80 } },
    }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, transitionProps: { duration: 100 } },
      classNames: { title: styles.title ?? '' },
    }),
  },
});
