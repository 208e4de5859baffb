import { Button } from 'react-aria-components/Button';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { ArrivedProps } from './later';
import type { MenuButtonProps, MenuEntry } from './MenuButton';

export default function AriaMenuButton(props: MenuButtonProps & ArrivedProps) {
  const { className, label, children, placement, entries, ref, pressedEarly } = props;
  const all = entries.flatMap((entry) => ('entries' in entry ? entry.entries : [entry]));
  return (
    <MenuTrigger defaultOpen={pressedEarly}>
      <Button
        className={className}
        {...(label === undefined ? {} : { 'aria-label': label })}
        {...(ref === undefined ? {} : { ref })}
      >
        {children}
      </Button>
      <Popover className="popover" placement={placement}>
        <Menu
          className="list"
          disabledKeys={all.filter(({ disabled }) => disabled).map(({ id }) => id)}
        >
          {entries.map((entry) => {
            if (!('entries' in entry)) return item(entry, 'list-item');
            const { title, chosen } = entry;
            const mark = chosen === undefined ? 'list-item' : 'list-item list-item-checkable';
            return (
              <MenuSection
                key={title}
                className="list-section"
                {...(chosen === undefined
                  ? {}
                  : {
                      selectionMode: 'single',
                      disallowEmptySelection: true,
                      selectedKeys: [chosen],
                    })}
              >
                <Header className="list-header">{title}</Header>
                {entry.entries.map((each) => item(each, mark))}
              </MenuSection>
            );
          })}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function item({ id, label, hint, run }: MenuEntry, className: string) {
  return (
    <MenuItem key={id} id={id} className={className} textValue={label} onAction={run}>
      {hint === undefined ? (
        label
      ) : (
        <>
          <span>{label}</span>
          <span className="list-hint">{hint}</span>
        </>
      )}
    </MenuItem>
  );
}
