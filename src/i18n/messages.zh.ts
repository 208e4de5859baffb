import type { messagesEn } from './messages.en';
import type { Translated } from './translated';

export const messagesZh: Translated<typeof messagesEn> = {
  arriving: {
    noise: '噪声',
    noiseHint: '标准差，以数据自身的尺度为单位',
    loaded: '{{loaded}} / {{total}}',
    loading: '正在加载数据',
    failed_other: '有 {{count}} 个数据分片加载失败。',
    retry: '重新加载',
  },
  saved: {
    title: '有一次运行中断了：',
    detail: '{{when}}停在第 {{step}} 步、第 {{iteration}} 次迭代。',
    other: '它属于另一个实验，继续运行会打开那个实验。',
    goOn: '继续运行',
    discard: '丢弃',
  },
  notice: {
    title: '消息',
    link: '链接中有 {{count}} 处无法使用：',
    more: '另有 {{count}} 处',
    dismiss: '关闭',
    dismissAll: '全部关闭',
  },
};
