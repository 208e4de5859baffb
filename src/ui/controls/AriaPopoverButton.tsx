import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import type { ArrivedProps } from './later';
import type { PopoverButtonProps } from './PopoverButton';

export default function AriaPopoverButton(props: PopoverButtonProps & ArrivedProps) {
  const { className, content, label, dialogClassName, children, pressedEarly } = props;
  return (
    <DialogTrigger defaultOpen={pressedEarly}>
      <Button className={className}>{content}</Button>
      <Popover className="popover popover-padded" placement="bottom end">
        <Dialog className={dialogClassName} aria-label={label}>
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
