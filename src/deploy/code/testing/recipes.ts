import type { Experiment } from '../../../experiment/experiment';
import { parseLink } from '../../../experiment/link';
import { techniqueSpecs } from '../../../techniques/registry';
import { CODE_FILES, type CodeLanguage } from '../../../worker/export-formats';
import { recipeCode } from '..';

export const LANGUAGES = Object.keys(CODE_FILES) as CodeLanguage[];
export const POINTS = 'v=1&data=xor&model=mlp:8-6&seed=7';
/** With layers that train otherwise than they answer. */
export const NET = 'v=1&data=xor&model=net:dense-8,batchnorm,dropout-0.25,dense-6&seed=7';
export const DIGITS = 'v=1&data=mnist&seed=7';

/** Recipes that between them use every technique, and of each what changes the script. */
export const LINKS: Readonly<Record<string, string>> = {
  'the default recipe': 'v=1&data=mnist',
  'every optimizer': `${POINTS}&train=optimizer:sgd&train=optimizer:momentum,momentum:0.8&train=optimizer:nesterov&train=optimizer:rmsprop&train=optimizer:adagrad&train=optimizer:adamw,decay:0.1&train=optimizer:lion`,
  'every option of training': `${POINTS}&train=schedule:step,warmup:0.5&train=schedule:onecycle,l1:0.001,l2:0.002,clip:1,smooth:0.1,patience:3&train=at:30~0.01~60~0.001&train=loss:mse`,
  'a convolutional network with every layer': `${DIGITS}&model=net:conv-4-k3-s2-same-none,batchnorm,maxpool-2-s1,conv-5-leaky,conv-6-k3-same-gelu,avgpool-2,dropout-0.25,dense-12-tanh-lecun&train=epochs:1&prune=pattern:nm&fold=`,
  'every criterion': `${POINTS}&train=&prune=criterion:random,sparsity:0.3&prune=criterion:snip,sparsity:0.4&prune=criterion:taylor,sparsity:0.5,batches:3&prune=criterion:threshold&prune=criterion:scaled,delta:0.5&prune=criterion:movement,sparsity:0.6`,
  'every pattern': `${POINTS}&train=&prune=pattern:nm,n:1,m:4&prune=pattern:blocks,sparsity:0.8&prune=pattern:units,sparsity:0.3,norm:l1&prune=pattern:units,scope:layer,sparsity:0.3,layers:dense1~0.5`,
  'rounds with rewinding': `${POINTS}&train=epochs:4,batch:16&prune=sparsity:0.8,schedule:iterative,rounds:3,epochs:1,rewind:iteration,to:30&prune=sparsity:0.9,scope:layer,rewind:init&prune=sparsity:0.95,rewind:reinit`,
  'rounds of layers apart': `${POINTS}&train=&prune=sparsity:0.8,schedule:iterative,rounds:2,epochs:1,batch:16,layers:dense1~0.5~dense2~0.9`,
  'every layer apart': `${POINTS}&train=&prune=layers:dense1~0.5~dense2~0.25~dense3~0.75&prune=schedule:iterative,rounds:2,epochs:1,layers:dense1~0.75~dense2~0.5~dense3~0.75&prune=pattern:units,layers:dense1~0.5~dense2~0.5`,
  'units of a network with batch norm': `${DIGITS}&model=net:conv-4-k3-sigmoid,batchnorm,maxpool-2,dense-12&train=epochs:1&prune=pattern:units,sparsity:0.5&prune=sparsity:0.5,rewind:reinit`,
  'gradual pruning by saliency': `${NET}&train=&prune=sparsity:0.8,schedule:gradual,criterion:taylor,batches:2,epochs:2,batch:16`,
  'gradual pruning of layers apart': `${POINTS}&train=&prune=sparsity:0.8,schedule:gradual,epochs:3,batch:16,layers:dense2~0.5`,
  'every scheme': `${POINTS}&train=&quantize=bits:8&quantize=bits:5,scheme:affine,granularity:tensor&quantize=bits:2&quantize=bits:1&quantize=bits:4,scheme:power2&quantize=bits:3,scheme:codebook,granularity:group,group:4&quantize=widths:budget,target:both,correct:bias,range:mse`,
  'quantizing while training': `${POINTS}&train=&quantize=bits:2,aware:ste,epochs:2,batch:16,layers:dense1~4&quantize=bits:4,aware:lsq,epochs:1`,
  'low rank and distillation': `${POINTS}&train=&lowrank=rank:2&lowrank=by:energy,energy:0.8&prune=sparsity:0.5&distill=student:mlp:4,epochs:2&distill=teacher:1,temperature:2`,
  'a regression':
    'v=1&data=surface&model=mlp:8-6-4&train=smooth:0.1&prune=sparsity:0.5&lowrank=rank:1&distill=student:mlp:4,weight:0.5',
  'no training': `${POINTS}&prune=sparsity:0.5&quantize=bits:2`,
  'ten features': 'v=1&data=linear&model=mlp:8&train=epochs:2',
  flowers: 'v=1&data=iris&model=mlp:8&train=epochs:2',
  'few flowers':
    'v=1&data=iris&model=mlp:8-6&train=epochs:2&transfer=examples:5,epochs:3,batch:4&prune=sparsity:0.5&train=epochs:2',
  'few flowers twice':
    'v=1&data=iris&model=mlp:8-6&train=epochs:2&transfer=examples:5,epochs:3,freeze:1&transfer=examples:0,epochs:3,thaw:1',
  'one example in the last batch': `${NET}&train=epochs:1,batch:399&transfer=to:spiral,examples:33,batch:13,epochs:2&prune=criterion:taylor,sparsity:0.5,batches:9&distill=epochs:1,batch:5`,
  'other tasks for a network with fewer units': `${NET}&train=epochs:1&prune=pattern:units,sparsity:0.5&transfer=to:spiral,examples:20,freeze:1,epochs:2&prune=pattern:units,sparsity:0.3&transfer=to:circles,examples:0,thaw:1,epochs:2`,
  'other points': 'v=1&data=circles:0.2&model=mlp:8&train=epochs:2',
  clouds: 'v=1&data=gaussians&model=mlp:8&train=epochs:2',
  'on to other points':
    'v=1&data=spiral&model=mlp:12-8&seed=7&train=epochs:20,batch:16,lr:0.01&transfer=to:circles:0.05,examples:50,epochs:10,beta:0.01,head:0.01&prune=sparsity:0.5&train=epochs:2',
  'on to another regression':
    'v=1&data=linear&model=mlp:16-16&train=lr:0.005,epochs:30,batch:16&transfer=to:linear:shifted,beta:0.005,head:0.005,examples:50',
  'thawing a network with every layer': `v=1&data=xor&model=net:dense-12,batchnorm,dropout-0.25,dense-8,batchnorm,dense-6&train=epochs:4,batch:32,lr:0.01,l2:0.001,schedule:cosine&prune=sparsity:0.5&transfer=to:spiral,examples:0,ratio:0.5,beta:0.01,head:0.02,freeze:1,thaw:2,epochs:6,batch:64,optimizer:adamw&transfer=to:spiral,from:scratch,examples:20,epochs:2&transfer=to:xor,beta:0,examples:20,optimizer:lion,epochs:3`,
  'classes and numbers': `v=1&data=surface&model=mlp:16-8&train=epochs:4,batch:32,lr:0.01&distill=epochs:1&transfer=to:circles,examples:40,epochs:10,batch:8,head:0.01&train=epochs:2,loss:mse,patience:2&distill=epochs:1&transfer=to:surface:0.2,examples:60,epochs:5,optimizer:momentum&prune=sparsity:0.3,criterion:taylor,rewind:iteration,to:30`,
  'digits to digits':
    'v=1&data=mnist:0-4&seed=7&model=lenet-5-classic&train=epochs:1&transfer=to:mnist:5-9,epochs:2',
  'clothes turned and inverted':
    'v=1&data=fashion-mnist:inverted&model=net:conv-4-k3,batchnorm,maxpool-2,dropout-0.1,dense-8&train=epochs:1&lowrank=by:energy,energy:0.8&transfer=to:fashion-mnist:rotated,freeze:1,examples:5,epochs:3&transfer=to:mnist,thaw:1,epochs:4,ratio:0.5&quantize=bits:4,aware:ste,epochs:1',
  spirals: 'v=1&data=spiral&model=mlp:8&train=epochs:2',
};

export function experimentOf(link: string): Experiment {
  const { link: parsed, problems } = parseLink(link, techniqueSpecs);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '));
  return parsed.experiment;
}

export function codeOf(link: string, language: CodeLanguage, title = 'A test'): string {
  return recipeCode(experimentOf(link), language, { link: `https://whittle.test/#${link}`, title });
}
