import { Component, Suspense } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n';

interface RegionProps {
  readonly name: 'recipe' | 'watch' | 'compare';
  readonly children: ReactNode;
}

/** A part of the page with its title. It loads and fails alone: the others go on. */
export function Region({ name, children }: RegionProps) {
  const { t } = useTranslation();
  const id = `region-${name}`;
  return (
    <section className={`region region-${name}`} id={name} aria-labelledby={id} tabIndex={-1}>
      <h2 className="region-title" id={id}>
        {t(`app.${name}`)}
      </h2>
      <Piece>{children}</Piece>
    </section>
  );
}

/** What arrives with its own chunk of code, and whose failure stays its own. */
export function Piece({
  children,
  fallback = <Skeleton />,
}: {
  readonly children: ReactNode;
  readonly fallback?: ReactNode;
}) {
  return (
    <Boundary>
      <Suspense fallback={fallback}>{children}</Suspense>
    </Boundary>
  );
}

function Skeleton() {
  const { t } = useTranslation();
  return (
    <div className="card skeleton skeleton-tall">
      <span className="visually-hidden">{t('app.loading')}</span>
    </div>
  );
}

class Boundary extends Component<
  { readonly children: ReactNode },
  { readonly error: Error | null }
> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Failure
        detail={error.message}
        onRetry={() => {
          this.setState({ error: null });
        }}
      />
    );
  }
}

function Failure({ detail, onRetry }: { readonly detail: string; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="card" role="alert">
      <p>{t('app.failed', { detail })}</p>
      <button type="button" className="button" onClick={onRetry}>
        {t('app.tryAgain')}
      </button>
    </div>
  );
}
