/** Words of what is drawn. */
export const drawZh = {
  draw: {
    try: '试一试：画一个',
    pad: '画板：用鼠标、笔或手指画。用键盘时，可以取一个测试样本。',
    erase: '擦除',
    previous: '上一个测试样本',
    next: '下一个测试样本',
    example: '测试样本 {{index}}，标签是 {{label}}。',
    seen: '网络看到的',
    probabilities: '每个变体给出的各类概率',
    says: '{{name}}说是 {{answer}}（{{share}}）',
    differ: '看法不一：',
    bothSay: '两者都说是 {{answer}}，把握至少 {{least}}',
    allSay: '都说是 {{answer}}，把握至少 {{least}}',
    wholePad: '整个画板就是图像，按数据图像的方式缩小：每个像素是落在其上内容的平均值。',
    inverted: '随后变成亮底暗笔画，与数据一样。',
    rotated: '随后顺时针转 90°，与数据一样：请正着画。',
    choosePicture: '选择图片……',
    ink: '笔的颜色',
    noPicture: '浏览器无法把它当作图片读取。请试试 PNG、JPEG 或 WebP 文件。',
    fit: {
      digit:
        '画的内容会缩放到 20 × 20 像素以内，再把质心移到 28 × 28 的正中，与 MNIST 的数字一样。',
      clothing:
        '画的内容会缩放到充满 28 × 28 像素并居中，与 Fashion-MNIST 的衣物一样。那些是照片：请把轮廓涂满。',
    },
  },
};
